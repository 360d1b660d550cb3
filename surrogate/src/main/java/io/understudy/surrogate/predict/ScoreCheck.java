package io.understudy.surrogate.predict;

import io.understudy.surrogate.forest.FeatureKeys;
import io.understudy.surrogate.forest.ForestKernel;
import io.understudy.surrogate.provenance.PackageException;
import io.understudy.surrogate.provenance.ScoreSample;
import java.util.stream.IntStream;

/** Compares, bit for bit, what a loaded predictor scores with what LightGBM scored. */
final class ScoreCheck {
  private ScoreCheck() {}

  /**
   * Scores the sample's rows in every way that serving has.
   *
   * @param where names the package and the predictor
   * @throws PackageException naming the row and both scores
   */
  static void compare(String where, Predictor predictor, ScoreSample sample) {
    int width = predictor.slots.length;
    sample.check(where, width);
    int rows = sample.rows().length;
    int[] slots = IntStream.range(0, width).toArray();
    ForestKernel kernel = predictor.forest.kernel(slots, rows);
    double[] columns = new double[width * rows];
    for (int k = 0; k < columns.length; k++) {
      columns[k] = sample.rows()[k % rows][k / rows];
    }
    double[] batch = new double[rows];
    ForestKernel.Scratch scratch = new ForestKernel.Scratch(rows, width);
    kernel.scores(columns, rows, batch, scratch);
    FeatureKeys keys = new FeatureKeys(width, rows);
    for (int k = 0; k < width; k++) {
      keys.set(k, columns, k * rows, rows);
    }
    double[] byKeys = new double[rows];
    kernel.scores(columns, keys, rows, byKeys, scratch);
    for (int r = 0; r < rows; r++) {
      double expected = sample.scores()[r];
      refuse(where, r, predictor.forest.score(sample.rows()[r], slots), expected);
      if (!kernel.needsExactPath()) {
        refuse(where, r, batch[r], expected);
        refuse(where, r, byKeys[r], expected);
        refuse(where, r, kernel.score(columns, r, scratch), expected);
      }
    }
  }

  private static void refuse(String where, int row, double score, double expected) {
    if (Double.doubleToLongBits(score) != Double.doubleToLongBits(expected)) {
      throw new PackageException(
          where
              + ": score of sample row "
              + row
              + ": "
              + score
              + " (expected: "
              + expected
              + ", as LightGBM computes it)");
    }
  }
}
