package io.understudy.characterizer.train;

import io.understudy.surrogate.forest.Forest;
import io.understudy.surrogate.forest.ForestReader;
import io.understudy.surrogate.predict.PredictorPlan;
import java.util.stream.IntStream;

/** Makes sure, before a package is written, that serving computes what LightGBM computes. */
final class PackageCheck {
  private PackageCheck() {}

  /**
   * Compares a predictor's scores bit for bit with LightGBM's own.
   *
   * @throws TrainingException naming the predictor, the row and both scores
   */
  static void compare(PredictorPlan plan, String text, FeatureMatrix unseen) {
    Forest forest = ForestReader.read(plan.name(), text);
    if (forest.trees() == 0 || unseen.rows() == 0) {
      return;
    }
    double[] expected = BoostedTrees.scores(plan.name(), text, unseen);
    int[] slots = IntStream.range(0, unseen.width()).toArray();
    double[] row = new double[unseen.width()];
    for (int r = 0; r < expected.length; r++) {
      System.arraycopy(unseen.values(), r * row.length, row, 0, row.length);
      double score = forest.score(row, slots);
      if (Double.doubleToRawLongBits(score) != Double.doubleToRawLongBits(expected[r])) {
        throw new TrainingException(
            plan.name()
                + ": score of unseen row "
                + r
                + ": "
                + score
                + " (expected: "
                + expected[r]
                + ", as LightGBM computes it)");
      }
    }
  }
}
