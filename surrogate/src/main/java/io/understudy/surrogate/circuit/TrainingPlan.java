package io.understudy.surrogate.circuit;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How the surrogate is trained.
 *
 * @param stateNoise standard deviation of the noise on state features in V, 0 for none
 * @param seed of the split by run, the noise and LightGBM
 */
public record TrainingPlan(@JsonProperty("state_noise") double stateNoise, long seed) {
  public TrainingPlan {
    if (!(stateNoise >= 0 && Double.isFinite(stateNoise))) {
      throw Check.error("training.state_noise", stateNoise, ">= 0");
    }
  }
}
