package io.understudy.surrogate.predict;

import io.understudy.surrogate.event.EvaluationException;
import java.util.Arrays;
import java.util.List;

/** The range that training saw of the features that a stage computes. */
final class StageRange {
  /**
   * Share of the span by which a value may leave the range before it is flagged: trees are flat
   * beyond it anyway.
   */
  private static final double MARGIN = 0.02;

  private final List<String> names;
  private final int first;
  private final double[] min;
  private final double[] max;

  StageRange(List<String> names, int first, int end) {
    this.names = names;
    this.first = first;
    this.min = new double[end - first];
    this.max = new double[end - first];
    Arrays.fill(min, Double.POSITIVE_INFINITY);
    Arrays.fill(max, Double.NEGATIVE_INFINITY);
  }

  /** Widens the range by a predictor's; features of other stages are passed over. */
  void include(int[] slots, double[] featureMin, double[] featureMax) {
    for (int k = 0; k < slots.length; k++) {
      int at = slots[k] - first;
      if (at >= 0 && at < min.length) {
        double margin = MARGIN * (featureMax[k] - featureMin[k]);
        min[at] = Math.min(min[at], featureMin[k] - margin);
        max[at] = Math.max(max[at], featureMax[k] + margin);
      }
    }
  }

  /**
   * Whether all values lie within the range.
   *
   * @throws EvaluationException when one is not finite; names the instance and the feature
   */
  boolean holds(double[] values, int instance) {
    boolean inside = true;
    for (int k = 0; k < min.length; k++) {
      double value = values[first + k];
      if (!(value >= min[k] && value <= max[k])) {
        if (!Double.isFinite(value)) {
          throw new EvaluationException(
              "instance "
                  + instance
                  + ": feature "
                  + names.get(first + k)
                  + ": "
                  + value
                  + " (expected: a finite number)");
        }
        inside = false;
      }
    }
    return inside;
  }
}
