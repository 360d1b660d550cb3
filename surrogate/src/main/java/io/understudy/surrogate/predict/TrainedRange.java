package io.understudy.surrogate.predict;

import io.understudy.surrogate.event.EvaluationException;
import java.util.Arrays;
import java.util.List;

/**
 * The ranges that training saw of quantities that lie side by side in an array. A value is outside
 * when it leaves its range by more than {@link #MARGIN} of the range's span and {@link #ROUNDING}
 * of its larger end. Not changed once the surrogate is loaded.
 */
final class TrainedRange {
  /**
   * Share of the span. A thousand draws from an interval end a thousandth of it before its ends, so
   * that these themselves must count as seen; and beyond what they saw trees are flat.
   */
  private static final double MARGIN = 0.02;

  /** Share of the larger end: what a decimal number may lose on its way. */
  private static final double ROUNDING = 1e-9;

  /** Index of no quantity. */
  static final int NONE = -1;

  private final String what;
  private final List<String> names;
  private final double[] seenMin;
  private final double[] seenMax;
  private final double[] min;
  private final double[] max;

  private TrainedRange(String what, List<String> names, double limit) {
    this.what = what;
    this.names = List.copyOf(names);
    this.min = new double[names.size()];
    this.max = new double[names.size()];
    Arrays.fill(min, -limit);
    Arrays.fill(max, limit);
    this.seenMin = min.clone();
    this.seenMax = max.clone();
  }

  /** Ranges to be widened, as yet empty. */
  static TrainedRange empty(String what, List<String> names) {
    return new TrainedRange(what, names, Double.NEGATIVE_INFINITY);
  }

  /** Ranges of which nothing is known: every finite value is inside. */
  static TrainedRange unknown(String what, List<String> names) {
    return new TrainedRange(what, names, Double.MAX_VALUE);
  }

  int width() {
    return min.length;
  }

  String name(int index) {
    return what + " " + names.get(index);
  }

  /** Smallest value that training saw. */
  double seenMin(int index) {
    return seenMin[index];
  }

  /** Largest value that training saw. */
  double seenMax(int index) {
    return seenMax[index];
  }

  /** Widens a quantity's range. */
  void include(int index, double from, double to) {
    seenMin[index] = Math.min(seenMin[index], from);
    seenMax[index] = Math.max(seenMax[index], to);
    double margin = MARGIN * (to - from) + ROUNDING * Math.max(Math.abs(from), Math.abs(to));
    min[index] = Math.min(min[index], from - margin);
    max[index] = Math.max(max[index], to + margin);
  }

  /**
   * Index of the first value outside its range, else {@link #NONE}.
   *
   * @param values the values, from index {@code at}
   * @param instance whose they are, for errors; below 0 for all
   * @throws EvaluationException when one is not finite; names the instance and the quantity
   */
  int firstOutside(double[] values, int at, int instance) {
    int first = NONE;
    for (int k = 0; k < min.length; k++) {
      double value = values[at + k];
      if (!(value >= min[k] && value <= max[k])) {
        if (!Double.isFinite(value)) {
          throw new EvaluationException(notFinite(k, value, instance));
        }
        first = first == NONE ? k : first;
      }
    }
    return first;
  }

  /** Whether a value is inside its range; one that is not finite is not. */
  boolean contains(int index, double value) {
    return value >= min[index] && value <= max[index];
  }

  /** Whether any of a quantity's values, side by side, is outside. */
  boolean leaves(int index, double[] values, int at, int count) {
    double from = min[index];
    double to = max[index];
    for (int k = at; k < at + count; k++) {
      if (!(values[k] >= from && values[k] <= to)) {
        return true;
      }
    }
    return false;
  }

  /** What is wrong with a value that is not finite. */
  String notFinite(int index, double value, int instance) {
    return (instance < 0 ? "" : "instance " + instance + ": ")
        + name(index)
        + ": "
        + value
        + " (expected: a finite number)";
  }
}
