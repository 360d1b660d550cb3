package io.understudy.surrogate.forest;

/**
 * Feature values as whole numbers in the same order, a column an array. Their differences fit into
 * a long, so that a comparison is a subtraction, of which the machine does many at once.
 */
public final class FeatureKeys {
  /** Thresholds are not smaller than {@link Forest#ZERO}: what is below that is one key, 0. */
  private static final long LOWEST = Double.doubleToRawLongBits(1e-36);

  static final long LARGEST = (1L << 62) - 2;

  final long[][] columns;

  /**
   * @param columns number of features
   * @param rows most rows
   */
  public FeatureKeys(int columns, int rows) {
    this.columns = new long[columns][rows];
  }

  /**
   * Takes over a column.
   *
   * @param column its number
   * @param values finite, from index {@code at}
   */
  public void set(int column, double[] values, int at, int rows) {
    long[] keys = columns[column];
    for (int r = 0; r < rows; r++) {
      keys[r] = key(values[at + r]);
    }
  }

  static long key(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long size = Math.min(Math.max((bits & Long.MAX_VALUE) - LOWEST, 0), LARGEST);
    long sign = bits >> 63;
    return (size ^ sign) - sign;
  }
}
