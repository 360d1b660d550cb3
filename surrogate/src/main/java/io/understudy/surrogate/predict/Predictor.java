package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.PredictorSpec.Transform;
import io.understudy.surrogate.forest.Forest;
import io.understudy.surrogate.provenance.SurrogateManifest.TrainedPredictor;

/** One trained predictor, ready to run on an array of feature values. Immutable. */
final class Predictor {
  private final Forest forest;
  private final int[] slots;
  private final double[] base;
  private final Transform transform;
  private final double scale;
  private final double decision;
  final boolean change;
  final double targetMin;
  final double targetMax;

  /**
   * @param slots index of each of its features in the array of feature values
   */
  Predictor(TrainedPredictor trained, Forest forest, int[] slots) {
    this.forest = forest;
    this.slots = slots;
    this.base = trained.base();
    this.transform = trained.transform();
    this.scale = trained.scale();
    this.decision = trained.decision();
    this.change = trained.change();
    this.targetMin = trained.targetMin();
    this.targetMax = trained.targetMax();
  }

  /** The predicted quantity (for a change: the change), in its unit. */
  double value(double[] features) {
    double value = scale * transform.inverse(raw(features));
    // Constant leaves cannot leave the trained range; linear ones could, and far.
    return forest.hasLinearLeaves() ? Math.min(Math.max(value, targetMin), targetMax) : value;
  }

  /** Whether the output happens. */
  boolean decides(double[] features) {
    return raw(features) > decision;
  }

  private double raw(double[] features) {
    double trees = forest.score(features, slots);
    if (base == null) {
      return trees;
    }
    double linear = base[0];
    for (int k = 0; k < slots.length; k++) {
      linear += base[k + 1] * features[slots[k]];
    }
    return linear + trees;
  }
}
