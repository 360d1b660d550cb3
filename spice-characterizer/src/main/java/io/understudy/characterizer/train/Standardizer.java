package io.understudy.characterizer.train;

/**
 * Brings each column to mean 0 and deviation 1, and a linear function of such columns back to the
 * columns themselves. A column that does not vary is left out: its coefficient is 0.
 */
final class Standardizer {
  private static final double CONSTANT = 1e-12;

  private final int width;
  private final double[] mean;
  private final double[] deviation;

  Standardizer(FeatureMatrix matrix) {
    this.width = matrix.width();
    this.mean = new double[width];
    this.deviation = new double[width];
    int rows = matrix.rows();
    for (int k = 0; k < width; k++) {
      double sum = 0;
      double largest = 0;
      for (int r = 0; r < rows; r++) {
        sum += matrix.at(r, k);
        largest = Math.max(largest, Math.abs(matrix.at(r, k)));
      }
      mean[k] = sum / rows;
      double squares = 0;
      for (int r = 0; r < rows; r++) {
        double d = matrix.at(r, k) - mean[k];
        squares += d * d;
      }
      double value = Math.sqrt(squares / rows);
      deviation[k] = value > CONSTANT * largest ? value : 0;
    }
  }

  /** A column's value in a row, standardized. */
  double value(FeatureMatrix matrix, int row, int column) {
    return deviation[column] == 0 ? 0 : (matrix.at(row, column) - mean[column]) / deviation[column];
  }

  /**
   * Coefficients of the columns themselves.
   *
   * @param standardized intercept, then one for each standardized column
   */
  double[] restore(double[] standardized) {
    double[] plain = new double[width + 1];
    plain[0] = standardized[0];
    for (int k = 0; k < width; k++) {
      if (deviation[k] != 0) {
        plain[k + 1] = standardized[k + 1] / deviation[k];
        plain[0] -= plain[k + 1] * mean[k];
      }
    }
    return plain;
  }
}
