package io.understudy.benchmarks.scale;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.understudy.benchmarks.circuit.CircuitBench;
import io.understudy.benchmarks.circuit.ClosedLoop;
import io.understudy.benchmarks.measure.BenchOptions;
import io.understudy.benchmarks.measure.PairedRounds;
import io.understudy.benchmarks.measure.ShippedSurrogate;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.event.Stimulus;
import io.understudy.surrogate.predict.Surrogate;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Events a second and memory of banks of 10 to 100,000 neurons, in turns. */
public final class ScaleBench {
  private static final String CIRCUIT = "lif_neuron";
  private static final int[] SIZES = {10, 100, 1_000, 10_000, 100_000};
  private static final int BASE = 2;
  private static final int PERIODS = 5;

  private ScaleBench() {}

  /** One size. */
  public record SizeFigures(int instances, double eventNs, double eventsPerS) {}

  /**
   * The figures.
   *
   * @param costRatio time of an event at 100,000 instances, in those at 1,000
   * @param bytesPerInstance heap that a bank of 100,000 takes, with its rows, beside the instances'
   *     parameters
   * @param parameterBytesPerInstance heap of the parameters
   */
  public record Figures(
      String circuit,
      @JsonProperty("cost_ratio_100000") double costRatio,
      double bytesPerInstance,
      double parameterBytesPerInstance,
      List<SizeFigures> sizes) {}

  /** Measures. */
  public static Figures run(BenchOptions options) {
    ShippedSurrogate shipped = ShippedSurrogate.of(options, CIRCUIT);
    Surrogate surrogate = shipped.load();
    List<Stimulus.Instance> stimuli = CircuitBench.stimuli(shipped.circuit());
    double bytes = bytes(surrogate, stimuli);
    double parameters = (double) shipped.circuit().parameterColumns().size() * Double.BYTES;
    int rounds = options.either(3, 5);
    long sliceNs = options.either(40, 150) * 1_000_000L;
    double[][] eventNs = new double[SIZES.length][rounds];
    double[] ratios = new double[rounds];
    List<ClosedLoop> loops = new ArrayList<>();
    long[] cycles = new long[SIZES.length];
    for (int k = 0; k < SIZES.length; k++) {
      loops.add(new ClosedLoop(surrogate, stimuli, SIZES[k], PERIODS, null));
      // The largest runs what the smaller ones have warmed up; it is slow to repeat.
      boolean isLargest = k == SIZES.length - 1;
      PairedRounds.runsIn(isLargest ? 0 : 6 * sliceNs, loops.get(k)::cycle);
      cycles[k] = isLargest ? 1 : PairedRounds.runsIn(sliceNs, loops.get(k)::cycle);
    }
    for (int round = 0; round < rounds; round++) {
      for (int k = 0; k < SIZES.length; k++) {
        eventNs[k][round] = loops.get(k).eventNs(cycles[k]);
      }
      ratios[round] = eventNs[SIZES.length - 1][round] / eventNs[BASE][round];
    }
    List<SizeFigures> sizes = new ArrayList<>();
    for (int k = 0; k < SIZES.length; k++) {
      double ns = PairedRounds.median(eventNs[k]);
      sizes.add(new SizeFigures(SIZES[k], ns, 1e9 / ns));
    }
    return new Figures(CIRCUIT, PairedRounds.median(ratios), bytes - parameters, parameters, sizes);
  }

  /** Growth of the heap by a bank of the greatest size in use, in bytes an instance. */
  private static double bytes(Surrogate surrogate, List<Stimulus.Instance> stimuli) {
    int instances = SIZES[SIZES.length - 1];
    double[][] parameters = ClosedLoop.parameters(stimuli, instances);
    long before = usedBytes();
    StepRows rows = new StepRows(1, false);
    BankEvaluator bank = surrogate.open(parameters, null);
    rows.reserveRows(instances);
    rows.rows = instances;
    Arrays.setAll(rows.instance, i -> i);
    for (int period = 0; period < 3; period++) {
      bank.step(period, rows);
    }
    long after = usedBytes();
    // Both are in use until here.
    return (double) (after - before + (bank.instances() - rows.rows)) / instances;
  }

  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    for (int k = 0; k < 3; k++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
