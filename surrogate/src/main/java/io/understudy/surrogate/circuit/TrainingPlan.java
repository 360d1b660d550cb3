package io.understudy.surrogate.circuit;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How the surrogate is trained.
 *
 * @param stateNoise standard deviation of the noise on state features in V, 0 for none
 * @param noiseCopies how often each event is shown, each time with other noise; null means once
 * @param ownStates true: a second round also shows each event with the states that a first
 *     surrogate's closed loop has there, so that the surrogate is at home with its own errors
 * @param seed of the split by run, the noise and LightGBM
 */
public record TrainingPlan(
    @JsonProperty("state_noise") double stateNoise,
    @JsonProperty("noise_copies") Integer noiseCopies,
    @JsonProperty("own_states") boolean ownStates,
    long seed) {
  public TrainingPlan {
    if (!(stateNoise >= 0 && Double.isFinite(stateNoise))) {
      throw Check.error("training.state_noise", stateNoise, ">= 0");
    }
    noiseCopies = noiseCopies == null ? 1 : noiseCopies;
    if (noiseCopies < 1 || noiseCopies > 100) {
      throw Check.error("training.noise_copies", noiseCopies, "1 to 100");
    }
  }
}
