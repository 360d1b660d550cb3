package io.understudy.characterizer.evaluate;

import io.understudy.surrogate.compare.EventErrors;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is left of a surrogate when its forests are cut: errors in closed loop against size.
 *
 * @param share of each forest's trees that is kept, the first learned first
 * @param trees of all predictors
 * @param leaves of all predictors
 * @param treesPerEvent trees evaluated for an event, on average over the unseen runs
 * @param closedLoop errors by name; fractions, but {@code spike_f1} as it is
 */
public record SizePoint(
    double share, int trees, int leaves, double treesPerEvent, Map<String, Double> closedLoop) {
  /** The errors that the curve shows. */
  public static Map<String, Double> errors(EventErrors closed) {
    Map<String, Double> all = new TreeMap<>();
    put(all, "spike_f1", closed.spikeF1());
    put(all, "output_rmse", closed.outputRmse());
    put(all, "latency_mape", closed.latencyMape());
    put(all, "energy_run_mean", closed.energyRunMean());
    put(all, "energy_total", closed.energyTotal());
    return all;
  }

  private static void put(Map<String, Double> all, String name, Double value) {
    if (value != null) {
      all.put(name, Digits.of(value));
    }
  }
}
