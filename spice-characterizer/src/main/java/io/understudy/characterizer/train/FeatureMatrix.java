package io.understudy.characterizer.train;

import io.understudy.characterizer.baseline.Sample;
import io.understudy.surrogate.provenance.SurrogateManifest.Gate;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Features of many events with one target.
 *
 * @param values rows x width, row by row
 * @param width features of a row
 * @param targets one a row, in its unit (for a change: the change)
 */
record FeatureMatrix(double[] values, int width, double[] targets) {
  /** A baseline's sample, at least one row. */
  static FeatureMatrix of(Sample sample) {
    int width = sample.features()[0].length;
    double[] values = new double[sample.rows() * width];
    for (int r = 0; r < sample.rows(); r++) {
      System.arraycopy(sample.features()[r], 0, values, r * width, width);
    }
    return new FeatureMatrix(values, width, sample.targets());
  }

  int rows() {
    return targets.length;
  }

  double at(int row, int column) {
    return values[row * width + column];
  }

  double[] minima() {
    double[] all = filled(Double.POSITIVE_INFINITY);
    for (int k = 0; k < values.length; k++) {
      all[k % width] = Math.min(all[k % width], values[k]);
    }
    return all;
  }

  double[] maxima() {
    double[] all = filled(Double.NEGATIVE_INFINITY);
    for (int k = 0; k < values.length; k++) {
      all[k % width] = Math.max(all[k % width], values[k]);
    }
    return all;
  }

  /** The smallest value in a column of the rows with an output (a decision's targets). */
  double leastWithOutput(int column) {
    return IntStream.range(0, rows())
        .filter(r -> targets[r] > 0)
        .mapToDouble(r -> at(r, column))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** The rows that a gate leaves open; all for null. */
  FeatureMatrix from(Gate gate) {
    if (gate == null) {
      return this;
    }
    int[] open = IntStream.range(0, rows()).filter(r -> gate.isOpen(at(r, gate.value()))).toArray();
    double[] kept = new double[open.length * width];
    for (int k = 0; k < open.length; k++) {
      System.arraycopy(values, open[k] * width, kept, k * width, width);
    }
    return new FeatureMatrix(
        kept, width, Arrays.stream(open).mapToDouble(r -> targets[r]).toArray());
  }

  private double[] filled(double value) {
    double[] all = new double[width];
    Arrays.fill(all, value);
    return all;
  }
}
