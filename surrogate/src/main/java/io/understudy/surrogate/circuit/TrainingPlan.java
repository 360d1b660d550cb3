package io.understudy.surrogate.circuit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the surrogate is trained.
 *
 * @param stateNoise standard deviation of the noise on state features in V, 0 for none
 * @param noiseCopies how often each event is shown, each time with other noise; null means once
 * @param ownStates true: a second round also shows each event with the states that a first
 *     surrogate's closed loop has there, so that the surrogate is at home with its own errors
 * @param seed of the split by run, the noise and LightGBM
 * @param published errors that others state for this circuit, by name as in a report's headlines
 *     without the loop; a report shows them beside its own
 */
public record TrainingPlan(
    @JsonProperty("state_noise") double stateNoise,
    @JsonProperty("noise_copies") Integer noiseCopies,
    @JsonProperty("own_states") boolean ownStates,
    long seed,
    Map<String, Double> published) {
  private static final Set<String> PUBLISHED =
      new TreeSet<>(
          Set.of(
              "spike_f1",
              "output_rmse",
              "latency_mape",
              "energy_run_mean",
              "energy_total",
              "energy_e1",
              "energy_e2",
              "energy_e3"));

  public TrainingPlan {
    if (!(stateNoise >= 0 && Double.isFinite(stateNoise))) {
      throw Check.error("training.state_noise", stateNoise, ">= 0");
    }
    noiseCopies = noiseCopies == null ? 1 : noiseCopies;
    if (noiseCopies < 1 || noiseCopies > 100) {
      throw Check.error("training.noise_copies", noiseCopies, "1 to 100");
    }
    published =
        published == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(published));
    published.forEach(
        (name, value) -> {
          if (!PUBLISHED.contains(name)) {
            throw Check.error("training.published", name, "one of " + PUBLISHED);
          }
          Check.finite("training.published." + name, value);
        });
  }
}
