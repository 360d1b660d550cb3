package io.understudy.cli.mnist;

import io.understudy.characterizer.ngspice.ChildCpuTime;
import io.understudy.cli.Home;
import io.understudy.cli.demo.GoldenSample;
import io.understudy.cli.record.BankRecorder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.event.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Recorded crossings through ngspice: of each bank a seeded sample of instances, of the last layer
 * all, so that ngspice's class of each image is known too.
 *
 * @param agreement share of the images whose class is the same with ngspice's last layer
 * @param energyError of the run's energy, the sample scaled to its banks
 * @param latencyError of the sum of the latencies of the events that match
 * @param dynamicMape mean error of the energy of an event with an output (E1)
 * @param latencyMape mean error of a latency
 * @param sampled instances that went through ngspice
 * @param ngspiceCpuS its CPU time in s, scaled to all instances
 */
record GoldenLayers(
    double agreement,
    double energyError,
    double latencyError,
    double dynamicMape,
    double latencyMape,
    int sampled,
    double ngspiceCpuS) {
  private static final double MATCH_S = 1e-9;

  /**
   * Simulates.
   *
   * @param banks what a run recorded
   * @param images its images
   * @param sample instances of each bank before the last layer
   */
  static GoldenLayers of(
      MnistSystem system,
      List<BankRecorder> banks,
      List<ImageResult> images,
      int sample,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int last = system.layers().size() - 1;
    OutputVotes votes = new OutputVotes(system, images);
    Sums sums = new Sums();
    int sampled = 0;
    double cpuS = 0;
    for (BankRecorder bank : banks) {
      int instances = bank.opening().instances();
      boolean isLast = system.layer(bank.opening().path()) == last;
      List<Integer> chosen = choose(instances, isLast ? instances : sample, random);
      double before = ChildCpuTime.readS();
      GoldenSample golden =
          GoldenSample.of(
              bank,
              CircuitReader.read(Home.models().resolve(bank.opening().circuit().name())),
              chosen,
              Runtime.getRuntime().availableProcessors());
      double scale = (double) instances / chosen.size();
      cpuS += (ChildCpuTime.readS() - before) * scale;
      sampled += chosen.size();
      sums.add(golden.pairs(), scale);
      if (isLast) {
        votes.add(chosen, golden.pairs());
      }
    }
    return new GoldenLayers(
        votes.agreement(),
        Math.abs(sums.energyJ / sums.goldenEnergyJ - 1),
        Math.abs(sums.latencyS / sums.goldenLatencyS - 1),
        sums.dynamicError / sums.dynamicEvents,
        sums.latencyError / sums.latencies,
        sampled,
        cpuS);
  }

  private static List<Integer> choose(int instances, int count, SplittableRandom random) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      left.add(i);
    }
    while (left.size() > count) {
      left.remove(random.nextInt(left.size()));
    }
    return left;
  }

  /** Sums over the pairs of events, each scaled to its bank. */
  private static final class Sums {
    private double energyJ;
    private double goldenEnergyJ;
    private double latencyS;
    private double goldenLatencyS;
    private double dynamicError;
    private double dynamicEvents;
    private double latencyError;
    private double latencies;

    void add(List<EventPair> pairs, double scale) {
      for (EventPair pair : pairs) {
        double golden = pair.golden().energyJ();
        energyJ += scale * pair.predicted().energyJ();
        goldenEnergyJ += scale * golden;
        boolean isOutput = pair.golden().kind() == EventKind.E1;
        if (isOutput && pair.predicted().kind() == EventKind.E1) {
          dynamicError += scale * Math.abs(pair.predicted().energyJ() / golden - 1);
          dynamicEvents += scale;
        }
        double p = pair.predicted().latencyS();
        double g = pair.golden().latencyS();
        // As everywhere: spikes farther apart are not the same spike.
        if (Math.abs(p - g) <= MATCH_S) {
          latencyS += scale * p;
          goldenLatencyS += scale * g;
          latencyError += scale * Math.abs(p / g - 1);
          latencies += scale;
        }
      }
    }
  }
}
