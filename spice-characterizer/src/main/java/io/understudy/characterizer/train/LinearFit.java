package io.understudy.characterizer.train;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Linear functions of a matrix' columns: least squares, and logistic regression by Newton's method.
 * Both work on standardized columns; directions that the data do not show get no coefficient.
 */
final class LinearFit {
  /** Keeps logistic coefficients finite where the columns separate the classes. */
  private static final double RIDGE = 1e-8;

  private static final int STEPS = 100;
  private static final double CONVERGED = 1e-10;

  private LinearFit() {}

  /**
   * Least squares.
   *
   * @return intercept, then one coefficient for each column
   */
  static double[] leastSquares(FeatureMatrix matrix, double[] targets) {
    Standardizer standardizer = new Standardizer(matrix);
    double[] ones = new double[matrix.rows()];
    java.util.Arrays.fill(ones, 1);
    Normal normal = new Normal(matrix, standardizer);
    double[] first = normal.solve(ones, targets, 0, null);
    // A second pass on what is left over regains the digits that the squares have cost.
    double[] left = targets.clone();
    for (int r = 0; r < left.length; r++) {
      left[r] -= normal.value(first, r);
    }
    double[] second = normal.solve(ones, left, 0, null);
    for (int k = 0; k < first.length; k++) {
      first[k] += second[k];
    }
    return standardizer.restore(first);
  }

  /**
   * Logistic regression.
   *
   * @param labels 1 or 0, both present
   * @return intercept, then one coefficient for each column, of the log odds
   */
  static double[] logistic(FeatureMatrix matrix, double[] labels) {
    Standardizer standardizer = new Standardizer(matrix);
    Normal normal = new Normal(matrix, standardizer);
    double[] coefficients = new double[matrix.width() + 1];
    double loss = loss(normal, labels, coefficients);
    double[] weights = new double[labels.length];
    double[] gradient = new double[labels.length];
    for (int step = 0; step < STEPS; step++) {
      for (int r = 0; r < labels.length; r++) {
        double p = 1 / (1 + Math.exp(-normal.value(coefficients, r)));
        weights[r] = Math.max(p * (1 - p), 1e-12);
        gradient[r] = (labels[r] - p) / weights[r];
      }
      double[] direction = normal.solve(weights, gradient, RIDGE * labels.length, coefficients);
      double length = 1;
      double[] next = moved(coefficients, direction, length);
      double nextLoss = loss(normal, labels, next);
      while (!(nextLoss <= loss) && length > 1e-6) {
        length /= 2;
        next = moved(coefficients, direction, length);
        nextLoss = loss(normal, labels, next);
      }
      boolean done = !(loss - nextLoss > CONVERGED * Math.abs(loss));
      coefficients = nextLoss <= loss ? next : coefficients;
      loss = Math.min(loss, nextLoss);
      if (done) {
        break;
      }
    }
    return standardizer.restore(coefficients);
  }

  private static double[] moved(double[] from, double[] direction, double length) {
    double[] to = from.clone();
    for (int k = 0; k < to.length; k++) {
      to[k] += length * direction[k];
    }
    return to;
  }

  private static double loss(Normal normal, double[] labels, double[] coefficients) {
    double sum = 0;
    for (int r = 0; r < labels.length; r++) {
      double odds = normal.value(coefficients, r) * (labels[r] > 0.5 ? 1 : -1);
      sum += odds > 0 ? Math.log1p(Math.exp(-odds)) : -odds + Math.log1p(Math.exp(odds));
    }
    for (int k = 1; k < coefficients.length; k++) {
      sum += RIDGE * labels.length / 2 * coefficients[k] * coefficients[k];
    }
    return sum;
  }

  /** Weighted normal equations of the standardized columns. */
  private static final class Normal {
    private static final double SINGULAR = 1e-11;

    private final double[][] columns;
    private final int rows;

    Normal(FeatureMatrix matrix, Standardizer standardizer) {
      this.rows = matrix.rows();
      this.columns = new double[matrix.width() + 1][rows];
      java.util.Arrays.fill(columns[0], 1);
      for (int k = 0; k < matrix.width(); k++) {
        for (int r = 0; r < rows; r++) {
          columns[k + 1][r] = standardizer.value(matrix, r, k);
        }
      }
    }

    double value(double[] coefficients, int row) {
      double sum = 0;
      for (int k = 0; k < coefficients.length; k++) {
        sum += coefficients[k] * columns[k][row];
      }
      return sum;
    }

    /**
     * Solves for the targets, drawn by the ridge towards coefficients of {@code -at}.
     *
     * @param at where the ridge's gradient is taken, or null
     */
    double[] solve(double[] weights, double[] targets, double ridge, double[] at) {
      int size = columns.length;
      RealMatrix squares = new Array2DRowRealMatrix(size, size);
      RealVector right = new ArrayRealVector(size);
      double[] weighted = new double[rows];
      for (int a = 0; a < size; a++) {
        for (int r = 0; r < rows; r++) {
          weighted[r] = weights[r] * columns[a][r];
        }
        right.setEntry(a, dot(weighted, targets) - (a > 0 && at != null ? ridge * at[a] : 0));
        for (int b = a; b < size; b++) {
          double value = dot(weighted, columns[b]) + (a == b && a > 0 ? ridge : 0);
          squares.setEntry(a, b, value);
          squares.setEntry(b, a, value);
        }
      }
      SingularValueDecomposition svd = new SingularValueDecomposition(squares);
      double[] singular = svd.getSingularValues();
      RealVector inner = svd.getUT().operate(right);
      for (int k = 0; k < size; k++) {
        inner.setEntry(
            k, singular[k] > SINGULAR * singular[0] ? inner.getEntry(k) / singular[k] : 0);
      }
      return svd.getV().operate(inner).toArray();
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int r = 0; r < a.length; r++) {
        sum += a[r] * b[r];
      }
      return sum;
    }
  }
}
