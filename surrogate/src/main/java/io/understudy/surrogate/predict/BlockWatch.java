package io.understudy.surrogate.predict;

import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.OutsideRange;

/**
 * Watches a block's events for quantities outside what training saw; keeps each event's first, and
 * the first that is no finite number.
 */
final class BlockWatch {
  private final TrainedRange[] features = new TrainedRange[Stage.values().length];
  private final int[] featuresAt = new int[features.length];
  private final TrainedRange[] range = new TrainedRange[EventBlock.ROWS];
  private final int[] index = new int[EventBlock.ROWS];
  private final double[] value = new double[EventBlock.ROWS];
  private final String[] error = new String[EventBlock.ROWS];

  BlockWatch(Surrogate surrogate) {
    surrogate.ranges.forEach((stage, of) -> features[stage.ordinal()] = of);
    for (int k = 1; k < features.length; k++) {
      featuresAt[k] = featuresAt[k - 1] + features[k - 1].width();
    }
  }

  void clear(int row) {
    range[row] = null;
    error[row] = null;
  }

  /** Takes over what another watch has seen of an event. */
  void take(int row, BlockWatch other, int of) {
    range[row] = other.range[of];
    index[row] = other.index[of];
    value[row] = other.value[of];
    error[row] = other.error[of];
  }

  /** Whether a quantity of the event is outside. */
  boolean isOutside(int row) {
    return range[row] != null;
  }

  /** What is wrong with the event; null where nothing is. */
  String error(int row) {
    return error[row];
  }

  /** The first of the event's quantities outside; there must be one. */
  OutsideRange first(int row, int instance, long step, EventKind kind) {
    TrainedRange of = range[row];
    int at = index[row];
    return new OutsideRange(
        instance, step, kind, of.name(at), value[row], of.seenMin(at), of.seenMax(at));
  }

  /** Looks at an event's quantities that lie side by side. */
  void look(TrainedRange of, double[] values, int at, int row, int instance) {
    for (int k = 0; k < of.width(); k++) {
      if (!of.contains(k, values[at + k])) {
        note(of, k, values[at + k], row, instance);
      }
    }
  }

  /** Notes a quantity that is known to be outside. */
  void note(TrainedRange of, int at, double outside, int row, int instance) {
    if (error[row] == null && !Double.isFinite(outside)) {
      error[row] = of.notFinite(at, outside, instance);
    }
    if (range[row] == null) {
      range[row] = of;
      index[row] = at;
      value[row] = outside;
    }
  }

  /** Looks at the features that a stage has computed. */
  void features(Stage stage, EventBlock block) {
    TrainedRange of = features[stage.ordinal()];
    int first = featuresAt[stage.ordinal()];
    for (int k = 0; k < of.width(); k++) {
      int at = (first + k) * EventBlock.STRIDE;
      if (of.leaves(k, block.features, at, block.rows)) {
        for (int r = 0; r < block.rows; r++) {
          if (!of.contains(k, block.features[at + r])) {
            note(of, k, block.features[at + r], r, block.instance[r]);
          }
        }
      }
    }
  }
}
