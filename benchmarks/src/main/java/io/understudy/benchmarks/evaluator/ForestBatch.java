package io.understudy.benchmarks.evaluator;

import io.understudy.surrogate.forest.Forest;
import io.understudy.surrogate.forest.ForestKernel;
import java.util.stream.IntStream;

/**
 * A forest's scores of many finite rows as a bank evaluates them: features in columns, as they are
 * computed there.
 */
final class ForestBatch {
  private final Forest forest;
  private final ForestKernel kernel;
  private final double[] columns;
  private final double[] scores;
  private final int[] scratch;
  private final int[] slots;
  private int next;

  /**
   * @param rows n rows of the forest's features
   */
  ForestBatch(Forest forest, double[] rows, int n) {
    int width = forest.features();
    this.forest = forest;
    this.slots = IntStream.range(0, width).toArray();
    this.kernel = forest.kernel(IntStream.range(0, width).map(k -> k * n).toArray());
    this.columns = new double[n * width + 1];
    this.scores = new double[n];
    this.scratch = new int[n];
    for (int r = 0; r < n; r++) {
      for (int k = 0; k < width; k++) {
        columns[k * n + r] = rows[r * width + k];
      }
    }
  }

  /** Whether the forest needs its exact path, whose rows are scored one by one. */
  boolean needsExactPath() {
    return kernel.needsExactPath();
  }

  /** Evaluates all rows. */
  double run() {
    kernel.scores(columns, scores.length, scores, scratch);
    return scores[scores.length - 1];
  }

  /** Evaluates one row, each time the next. */
  double single() {
    next = next + 1 == scores.length ? 0 : next + 1;
    return kernel.score(columns, next);
  }

  /** Evaluates a row by the exact path. */
  double exact(double[] row) {
    return forest.score(row, slots);
  }

  /** Evaluates all rows; their scores. */
  double[] scores() {
    run();
    return scores;
  }
}
