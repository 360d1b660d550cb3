package io.understudy.surrogate.forest;

/**
 * Feature values as 32-bit whole numbers in the same order, a column an array. Their differences
 * fit into an int, so that a comparison is a subtraction, of which the machine does many at once.
 *
 * <p>A key drops the lower half of a value's digits. A comparison with a threshold loses nothing by
 * it where the threshold is the largest of the values of its key: {@link ThresholdGrid} brings
 * thresholds there.
 */
public final class FeatureKeys {
  private static final int HALF = 32;

  /** The digits that a key drops. */
  private static final long LOWER = (1L << HALF) - 1;

  /**
   * Thresholds are not smaller than {@link Forest#ZERO}: what is below that has the key 0, or the
   * one before it for values below 0.
   */
  private static final long LOWEST = Double.doubleToRawLongBits(1e-36) & ~LOWER;

  private static final long LARGEST = (1L << 62) - 2;

  final int[][] columns;

  /**
   * @param columns number of features
   * @param rows most rows
   */
  public FeatureKeys(int columns, int rows) {
    this.columns = new int[columns][rows];
  }

  /**
   * Takes over a column.
   *
   * @param column its number
   * @param values finite, from index {@code at}
   */
  public void set(int column, double[] values, int at, int rows) {
    int[] keys = columns[column];
    for (int r = 0; r < rows; r++) {
      keys[r] = key(values[at + r]);
    }
  }

  static int key(double value) {
    return (int) (whole(value) >> HALF);
  }

  /** Whether a threshold divides the keys as it divides the values. */
  static boolean dividesKeys(double threshold) {
    long whole = whole(threshold);
    return (whole & LOWER) == LOWER && Math.abs(whole) < LARGEST - LOWER;
  }

  /**
   * The next threshold away from 0 that divides the keys; one that is too small or too large stays.
   * (Towards 0 it could come so near that LightGBM takes it for 0.)
   */
  static double nextDividingKeys(double threshold) {
    long whole = whole(threshold);
    if (whole == 0 || dividesKeys(threshold) || Math.abs(whole) >= LARGEST - 2 * LOWER) {
      return threshold;
    }
    long above = whole | LOWER;
    long moved = whole < 0 ? above - LOWER - 1 : above;
    long sign = moved >> 63;
    long bits = ((moved ^ sign) - sign) + LOWEST;
    return Double.longBitsToDouble(sign == 0 ? bits : bits | Long.MIN_VALUE);
  }

  /** Whether a threshold has a {@link #whole whole number} of its own. */
  static boolean isWhole(double threshold) {
    return Math.abs(whole(threshold)) < LARGEST;
  }

  /**
   * A value as a whole number in the same order; two of these have a difference that is one. Values
   * that are no larger than what LightGBM takes for 0 are 0.
   */
  static long whole(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long size = Math.min(Math.max((bits & Long.MAX_VALUE) - LOWEST, 0), LARGEST);
    long sign = bits >> 63;
    return (size ^ sign) - sign;
  }
}
