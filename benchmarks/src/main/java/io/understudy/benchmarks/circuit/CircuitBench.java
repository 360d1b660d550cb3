package io.understudy.benchmarks.circuit;

import io.understudy.benchmarks.measure.BenchOptions;
import io.understudy.benchmarks.measure.PairedRounds;
import io.understudy.benchmarks.measure.ShippedSurrogate;
import io.understudy.characterizer.GoldenReplay;
import io.understudy.characterizer.TimedAccuracy;
import io.understudy.characterizer.ngspice.ChildCpuTime;
import io.understudy.characterizer.stimulus.RunDrawing;
import io.understudy.surrogate.circuit.Characterization.Accuracy;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.compare.EventCollector;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.event.Stimulus;
import io.understudy.surrogate.predict.Surrogate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Each shipped circuit: whole events in a closed loop on one core, and the same stimuli through
 * ngspice, one process on one core, in turns.
 */
public final class CircuitBench {
  /** The instances that are compared with ngspice. */
  private static final int COMPARED = 1_000;

  private static final int[] SIZES = {10, COMPARED, 20_000};
  private static final int STIMULI = 64;
  private static final long SEED = 77;

  private CircuitBench() {}

  /**
   * One size of a bank.
   *
   * @param eventNs median time of a whole event
   * @param eventsPerS a core
   */
  public record SizeFigures(int instances, double eventNs, double eventsPerS) {}

  /**
   * One circuit.
   *
   * @param ngspiceRatio how many times faster an event is than in ngspice, at 1,000 instances
   * @param eventNs an event's time there
   * @param ngspiceEventNs CPU time of ngspice an event
   * @param ngspiceEvents events that ngspice simulated
   * @param reltol of ngspice
   * @param maxStepS of ngspice
   * @param sizes banks of other sizes
   * @param errors of the surrogate against exactly these runs of ngspice
   */
  public record Figures(
      double ngspiceRatio,
      double eventNs,
      double ngspiceEventNs,
      int ngspiceEvents,
      double reltol,
      double maxStepS,
      List<SizeFigures> sizes,
      EventErrors errors) {}

  /** Measures all shipped circuits. */
  public static Map<String, Figures> run(BenchOptions options) {
    Map<String, Figures> all = new LinkedHashMap<>();
    for (ShippedSurrogate shipped : ShippedSurrogate.all(options)) {
      all.put(shipped.name(), measure(options, shipped));
    }
    return all;
  }

  private static Figures measure(BenchOptions options, ShippedSurrogate shipped) {
    Circuit circuit = shipped.circuit();
    Surrogate surrogate = shipped.load();
    List<Stimulus.Instance> stimuli = stimuli(circuit);
    int periods = Math.min(circuit.characterization().periods(), 60);
    List<ClosedLoop> loops = new ArrayList<>();
    for (int size : SIZES) {
      loops.add(new ClosedLoop(surrogate, stimuli, size, size > COMPARED ? 5 : periods, null));
    }
    long warmUpNs = options.either(3_000, 8_000) * 1_000_000L;
    long sliceNs = options.either(60, 200) * 1_000_000L;
    long[] cycles = new long[SIZES.length];
    for (int k = 0; k < SIZES.length; k++) {
      PairedRounds.runsIn(k < 2 ? warmUpNs : sliceNs, loops.get(k)::cycle);
      cycles[k] = PairedRounds.runsIn(sliceNs, loops.get(k)::cycle);
    }
    Accuracy accuracy = TimedAccuracy.of(circuit);
    NgspiceTurns ngspice = new NgspiceTurns(shipped, surrogate, stimuli, periods, accuracy);
    int rounds = options.either(3, 6);
    double[][] eventNs = new double[SIZES.length][rounds];
    for (int round = 0; round < rounds; round++) {
      ngspice.next();
      for (int k = 0; k < SIZES.length; k++) {
        // What ngspice has driven out of caches and memory comes back first.
        PairedRounds.runsIn(sliceNs, loops.get(k)::cycle);
        eventNs[k][round] = loops.get(k).eventNs(cycles[k]);
      }
    }
    List<SizeFigures> sizes = new ArrayList<>();
    for (int k = 0; k < SIZES.length; k++) {
      double ns = PairedRounds.median(eventNs[k]);
      sizes.add(new SizeFigures(SIZES[k], ns, 1e9 / ns));
    }
    double compared = sizes.get(1).eventNs();
    return new Figures(
        ngspice.eventNs() / compared,
        compared,
        ngspice.eventNs(),
        ngspice.pairs.size(),
        accuracy.reltol(),
        accuracy.maxStepS(),
        sizes,
        EventErrors.of(circuit, ngspice.pairs));
  }

  /** Drawn as the circuit's training data are, of another seed. */
  public static List<Stimulus.Instance> stimuli(Circuit circuit) {
    return IntStream.range(0, STIMULI)
        .mapToObj(run -> RunDrawing.draw(circuit, SEED, run))
        .toList();
  }

  /** ngspice on the same stimuli, one at a time. */
  private static final class NgspiceTurns {
    private final ShippedSurrogate shipped;
    private final Surrogate surrogate;
    private final List<Stimulus.Instance> stimuli;
    private final int periods;
    private final Accuracy accuracy;
    private final List<EventPair> pairs = new ArrayList<>();
    private double cpuS;
    private int turn;

    NgspiceTurns(
        ShippedSurrogate shipped,
        Surrogate surrogate,
        List<Stimulus.Instance> stimuli,
        int periods,
        Accuracy accuracy) {
      this.shipped = shipped;
      this.surrogate = surrogate;
      this.stimuli = stimuli;
      this.periods = periods;
      this.accuracy = accuracy;
    }

    double eventNs() {
      return cpuS * 1e9 / pairs.size();
    }

    void next() {
      Stimulus.Instance drawn = stimuli.get(turn);
      Stimulus.Instance own =
          shipped.circuit().hasSharedInputs()
              ? new Stimulus.Instance(turn, drawn.parameters(), stimuli.get(0).rows())
              : drawn;
      EventCollector golden = new EventCollector();
      double before = ChildCpuTime.readS();
      GoldenReplay.run(
          shipped.folder(),
          new Stimulus(List.of(own)),
          periods,
          accuracy,
          1,
          golden,
          (done, total) -> {});
      cpuS += ChildCpuTime.readS() - before;
      EventCollector predicted = new EventCollector();
      ClosedLoop alone = new ClosedLoop(surrogate, List.of(own), 1, periods, predicted);
      alone.cycle();
      alone.close();
      pairs.addAll(EventPair.pair(golden.events(), predicted.events()));
      turn++;
    }
  }
}
