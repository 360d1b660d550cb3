package io.understudy.characterizer.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.understudy.characterizer.dataset.DatasetSchema;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.predict.Surrogate;
import java.util.Map;
import java.util.TreeMap;

/**
 * A surrogate's errors on runs that it has not seen.
 *
 * @param seed of the runs' stimuli
 * @param ngspice what made the golden events
 * @param open with the golden state at each event's start
 * @param closed whole runs with the surrogate's own state
 */
public record Evaluation(
    long seed,
    DatasetSchema.Simulator ngspice,
    @JsonProperty("open_loop") EventErrors open,
    @JsonProperty("closed_loop") EventErrors closed) {
  /**
   * Evaluates.
   *
   * @param unseen runs that training did not see
   */
  public static Evaluation of(Surrogate surrogate, EventTable unseen) {
    return PlayedRuns.of(surrogate, unseen).errors(surrogate.folder().circuit());
  }

  /** The headline numbers: errors as fractions, {@code spike_f1} as it is. */
  public Map<String, Double> headlines() {
    Map<String, Double> all = new TreeMap<>();
    add(all, "open_", open);
    add(all, "closed_", closed);
    return all;
  }

  private static void add(Map<String, Double> all, String prefix, EventErrors errors) {
    if (errors.spikeF1() != null) {
      all.put(prefix + "spike_f1", errors.spikeF1());
    }
    if (errors.outputRmse() != null) {
      all.put(prefix + "output_rmse", errors.outputRmse());
    }
    all.put(prefix + "latency_mape", errors.latencyMape());
    errors
        .energyMape()
        .forEach(
            (kind, error) ->
                all.put(
                    prefix + "energy_" + kind.name().toLowerCase(java.util.Locale.ROOT), error));
    all.put(prefix + "energy_run_mean", errors.energyRunMean());
    all.put(prefix + "energy_total", errors.energyTotal());
  }
}
