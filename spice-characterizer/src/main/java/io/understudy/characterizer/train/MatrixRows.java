package io.understudy.characterizer.train;

import java.util.Arrays;

/** Gathers the rows of a {@link FeatureMatrix}. */
final class MatrixRows {
  private final int width;
  private double[] values = new double[1024];
  private double[] targets = new double[64];
  private int rows;

  MatrixRows(int width) {
    this.width = width;
  }

  void add(double[] features, double target) {
    if (rows == targets.length) {
      targets = Arrays.copyOf(targets, 2 * rows);
    }
    if ((rows + 1) * width > values.length) {
      values = Arrays.copyOf(values, Math.max(2 * values.length, (rows + 1) * width));
    }
    System.arraycopy(features, 0, values, rows * width, width);
    targets[rows++] = target;
  }

  FeatureMatrix matrix() {
    return new FeatureMatrix(
        Arrays.copyOf(values, rows * width), width, Arrays.copyOf(targets, rows));
  }
}
