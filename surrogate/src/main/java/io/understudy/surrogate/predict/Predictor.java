package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.PredictorSpec.Transform;
import io.understudy.surrogate.forest.Forest;
import io.understudy.surrogate.forest.ForestKernel;
import io.understudy.surrogate.provenance.SurrogateManifest.TrainedPredictor;
import java.util.Arrays;

/** One trained predictor, ready to run on a block's columns of feature values. Immutable. */
final class Predictor {
  final Forest forest;
  final int[] slots;
  final double[] base;
  final Transform transform;
  final double scale;
  final double decision;
  final boolean change;
  final boolean perPeriod;
  final double targetMin;
  final double targetMax;
  private final ForestKernel kernel;

  /** Index of the gate's feature, and from where on the trees are asked; none without. */
  final int gateSlot;

  final double gateFrom;

  /**
   * @param perPeriod whether it predicts a part for each of the event's periods
   * @param slots index of each of its features among the feature columns
   */
  Predictor(TrainedPredictor trained, boolean perPeriod, Forest forest, int[] slots) {
    this.perPeriod = perPeriod;
    this.forest = forest;
    this.slots = slots;
    this.base = trained.base();
    this.transform = trained.transform();
    this.scale = trained.scale();
    this.decision = trained.decision();
    this.change = trained.change();
    this.targetMin = trained.targetMin();
    this.targetMax = trained.targetMax();
    this.kernel = forest.kernel(slots, EventBlock.STRIDE);
    boolean gated = trained.gate() != null;
    this.gateSlot = gated ? slots[trained.gate().value()] : 0;
    this.gateFrom = gated ? trained.gate().from() : Double.NEGATIVE_INFINITY;
  }

  /** Computes the predicted quantity of each row (for a change: the change), in its unit. */
  void values(EventBlock block) {
    raw(block);
    double[] values = block.values;
    for (int r = 0; r < block.rows; r++) {
      values[r] = scale * transform.inverse(values[r]);
    }
    // Constant leaves cannot leave the trained range; linear ones could, and far.
    if (forest.hasLinearLeaves()) {
      for (int r = 0; r < block.rows; r++) {
        values[r] = Math.min(Math.max(values[r], targetMin), targetMax);
      }
    }
    if (perPeriod) {
      for (int r = 0; r < block.rows; r++) {
        values[r] *= block.columns.periods[r];
      }
    }
  }

  /** Whether many rows are scored by their features' keys. */
  boolean readsKeys() {
    return !kernel.needsExactPath() && !kernel.isNative();
  }

  /** Whether some rows are sure. */
  boolean hasGate() {
    return gateFrom != Double.NEGATIVE_INFINITY;
  }

  /** Picks the rows that are not sure; returns their number. */
  int pickOpen(EventBlock block) {
    int count = 0;
    for (int r = 0; r < block.rows; r++) {
      if (!(block.features[gateSlot * EventBlock.STRIDE + r] < gateFrom)) {
        block.picked[count++] = r;
      }
    }
    return count;
  }

  /** Picks the rows whose output happens, or those whose does not; returns their number. */
  int pick(EventBlock block, boolean happens) {
    int count = 0;
    for (int r = 0; r < block.rows; r++) {
      if (block.values[r] > decision == happens) {
        block.picked[count++] = r;
      }
    }
    return count;
  }

  /** Computes each row's raw score: base and trees. */
  void raw(EventBlock block) {
    trees(block);
    if (base == null) {
      return;
    }
    int rows = block.rows;
    double[] linear = block.linear;
    Arrays.fill(linear, 0, rows, base[0]);
    for (int k = 0; k < slots.length; k++) {
      double factor = base[k + 1];
      int at = slots[k] * EventBlock.STRIDE;
      for (int r = 0; r < rows; r++) {
        linear[r] += factor * block.features[at + r];
      }
    }
    for (int r = 0; r < rows; r++) {
      block.values[r] = linear[r] + block.values[r];
    }
  }

  private void trees(EventBlock block) {
    if (kernel.needsExactPath()) {
      exactly(block);
    } else if (kernel.isNative() || block.hasKeys()) {
      kernel.scores(block.features, block.keys, block.rows, block.values, block.scratch);
    } else {
      for (int r = 0; r < block.rows; r++) {
        block.values[r] = kernel.score(block.features, r, block.scratch);
      }
    }
  }

  private void exactly(EventBlock block) {
    double[] row = block.row;
    for (int r = 0; r < block.rows; r++) {
      for (int slot : slots) {
        row[slot] = block.features[slot * EventBlock.STRIDE + r];
      }
      block.values[r] = forest.score(row, slots);
    }
  }
}
