package io.understudy.characterizer.extract;

import java.util.Arrays;

/** Finds where a trace passes a level. */
public final class CrossingDetector {
  private CrossingDetector() {}

  /**
   * The times of all rising crossings in s: the trace is below the level before and at or above it
   * after, linear between its points.
   */
  public static double[] rising(double[] timeS, double[] values, double level) {
    double[] crossings = new double[16];
    int count = 0;
    for (int i = 0; i + 1 < timeS.length; i++) {
      if (values[i] < level && values[i + 1] >= level) {
        if (count == crossings.length) {
          crossings = Arrays.copyOf(crossings, 2 * count);
        }
        crossings[count++] = Trace.crossingS(timeS, values, i, level);
      }
    }
    return Arrays.copyOf(crossings, count);
  }

  /**
   * The time of the last crossing of a fraction of the swing from the value at {@code startS} to
   * the value at {@code endS}, in s after {@code startS}; NaN when the swing is smaller than {@code
   * minSwing}.
   */
  public static double settlingS(
      double[] timeS,
      double[] values,
      double startS,
      double endS,
      double fraction,
      double minSwing) {
    double before = Trace.valueAt(timeS, values, startS);
    double after = Trace.valueAt(timeS, values, endS);
    double swing = after - before;
    if (Math.abs(swing) < minSwing) {
      return Double.NaN;
    }
    double level = before + fraction * swing;
    double sign = Math.signum(swing);
    double laterS = endS;
    double later = after;
    for (int i = Trace.indexAt(timeS, endS); i >= 0; i--) {
      boolean isStart = timeS[i] <= startS;
      double atS = isStart ? startS : timeS[i];
      double at = isStart ? before : values[i];
      if (sign * (at - level) < 0) {
        return atS + (laterS - atS) * (level - at) / (later - at) - startS;
      }
      laterS = atS;
      later = at;
    }
    throw new IllegalStateException("a swing of " + swing + " V that starts beyond its level");
  }
}
