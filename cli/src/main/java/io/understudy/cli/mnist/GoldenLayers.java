package io.understudy.cli.mnist;

import io.understudy.cli.demo.GoldenSample;
import io.understudy.cli.record.BankRecorder;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.event.EventKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Recorded crossings through ngspice with the circuits' own accuracy: of each bank a seeded sample
 * of instances, of the last layer all, so that ngspice's class of each image is known too.
 *
 * @param agreement share of the images whose class is the same with ngspice's last layer
 * @param energyError of the run's energy, the sample scaled to its banks
 * @param latencyError of the sum of the latencies of the events that match
 * @param energyMape mean error of an event's energy, by the kind of the events that agree on it;
 *     without the kinds that never occurred
 * @param latencyMape mean error of a latency
 * @param sampled instances that went through ngspice
 */
record GoldenLayers(
    double agreement,
    double energyError,
    double latencyError,
    Map<EventKind, Double> energyMape,
    double latencyMape,
    int sampled) {
  /** As everywhere: spikes farther apart are not the same spike. A level's change always is. */
  private static final double MATCH_S = 1e-9;

  /**
   * Simulates.
   *
   * @param banks what a run recorded
   * @param images its images
   * @param sample instances of each bank before the last layer; all where there are no more
   */
  static GoldenLayers of(
      MnistSystem system,
      List<BankRecorder> banks,
      List<ImageResult> images,
      int sample,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    OutputVotes votes = new OutputVotes(system, images);
    Sums sums = new Sums();
    int sampled = 0;
    for (BankRecorder bank : banks) {
      int instances = bank.opening().instances();
      boolean isLast = system.isLast(bank.opening().path());
      List<Integer> chosen = BankSample.draw(instances, isLast ? instances : sample, random);
      GoldenSample golden = GoldenSample.of(bank, chosen);
      sampled += chosen.size();
      sums.add(
          golden.pairs(),
          (double) instances / chosen.size(),
          golden.circuit().hasEventOutput() ? MATCH_S : Double.POSITIVE_INFINITY);
      if (isLast) {
        votes.add(chosen, golden.pairs());
      }
    }
    return new GoldenLayers(
        votes.agreement(),
        Math.abs(sums.energyJ / sums.goldenEnergyJ - 1),
        Math.abs(sums.latencyS / sums.goldenLatencyS - 1),
        sums.energyMape(),
        sums.latencyError / sums.latencies,
        sampled);
  }

  /** Sums over the pairs of events, each scaled to its bank. */
  private static final class Sums {
    private double energyJ;
    private double goldenEnergyJ;
    private double latencyS;
    private double goldenLatencyS;
    private final double[] energyErrors = new double[EventKind.values().length];
    private final double[] events = new double[EventKind.values().length];
    private double latencyError;
    private double latencies;

    /**
     * Adds one bank's.
     *
     * @param scale instances of the bank by those sampled
     * @param matchS outputs farther apart do not match, in s
     */
    void add(List<EventPair> pairs, double scale, double matchS) {
      for (EventPair pair : pairs) {
        double golden = pair.golden().energyJ();
        energyJ += scale * pair.predicted().energyJ();
        goldenEnergyJ += scale * golden;
        EventKind kind = pair.golden().kind();
        if (pair.predicted().kind() == kind) {
          energyErrors[kind.ordinal()] += scale * Math.abs(pair.predicted().energyJ() / golden - 1);
          events[kind.ordinal()] += scale;
        }
        double p = pair.predicted().latencyS();
        double g = pair.golden().latencyS();
        if (Math.abs(p - g) <= matchS) {
          latencyS += scale * p;
          goldenLatencyS += scale * g;
          latencyError += scale * Math.abs(p / g - 1);
          latencies += scale;
        }
      }
    }

    Map<EventKind, Double> energyMape() {
      Map<EventKind, Double> mape = new EnumMap<>(EventKind.class);
      for (EventKind kind : EventKind.values()) {
        if (events[kind.ordinal()] > 0) {
          mape.put(kind, energyErrors[kind.ordinal()] / events[kind.ordinal()]);
        }
      }
      return mape;
    }
  }
}
