package io.understudy.characterizer.evaluate;

import io.understudy.surrogate.compare.EventPair;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Energy of whole runs.
 *
 * @param goldenJ one a run, by SPICE
 * @param predictedJ one a run, by the surrogate
 */
public record RunEnergies(double[] goldenJ, double[] predictedJ) {
  /**
   * How the runs' errors are spread.
   *
   * @param mean of |error| / |golden|
   * @param median likewise
   * @param ninetieth nine of ten runs have less
   * @param largest of all runs
   */
  public record Spread(Double mean, Double median, Double ninetieth, Double largest) {}

  /** Sums the events' energies by run, in the order of the runs' numbers. */
  public static RunEnergies of(List<EventPair> pairs) {
    Map<Integer, double[]> byRun = new TreeMap<>();
    for (EventPair pair : pairs) {
      double[] sums = byRun.computeIfAbsent(pair.golden().run(), r -> new double[2]);
      sums[0] += pair.golden().energyJ();
      sums[1] += pair.predicted().energyJ();
    }
    return new RunEnergies(
        byRun.values().stream().mapToDouble(s -> s[0]).toArray(),
        byRun.values().stream().mapToDouble(s -> s[1]).toArray());
  }

  /** The spread of the runs' errors. */
  public Spread spread() {
    double[] errors =
        IntStream.range(0, goldenJ.length)
            .mapToDouble(r -> Math.abs((predictedJ[r] - goldenJ[r]) / goldenJ[r]))
            .sorted()
            .toArray();
    return new Spread(
        Digits.of(Arrays.stream(errors).average().orElseThrow()),
        Digits.of(errors[errors.length / 2]),
        Digits.of(errors[Math.min(errors.length * 9 / 10, errors.length - 1)]),
        Digits.of(errors[errors.length - 1]));
  }
}
