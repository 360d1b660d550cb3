package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.provenance.SurrogateManifest;
import io.understudy.surrogate.provenance.SurrogateManifest.TrainedPredictor;

/**
 * The least delay that a surrogate can answer with: latencies are clamped to those of its training
 * data.
 */
final class MinimumLatency {
  private MinimumLatency() {}

  /**
   * In fs; 0 where an output may change without a latency: a level output that is a state of its
   * own has none for the smallest changes.
   */
  static long fs(Circuit circuit, SurrogateManifest manifest) {
    if (circuit.states().stream().anyMatch(state -> PredictorPlan.isOutput(circuit, state))) {
      return 0;
    }
    double leastS = circuit.clock().periodS();
    for (TrainedPredictor predictor : manifest.predictors()) {
      if (predictor.target().equals(PredictorPlan.LATENCY)) {
        leastS = Math.min(leastS, predictor.targetMin());
      }
    }
    return Math.max(0, Math.round(leastS * 1e15));
  }
}
