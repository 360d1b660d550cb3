package io.understudy.benchmarks.evaluator;

import io.understudy.surrogate.forest.Forest;

/** A forest's scores of many rows. */
final class ForestBatch {
  private final Forest forest;
  private final double[] rows;
  private final double[] scores;
  private final double[] row;
  private final int[] slots;

  /**
   * @param rows n rows of the forest's features
   */
  ForestBatch(Forest forest, double[] rows, int n) {
    this.forest = forest;
    this.rows = rows;
    this.scores = new double[n];
    this.row = new double[forest.features()];
    this.slots = java.util.stream.IntStream.range(0, row.length).toArray();
  }

  /** Evaluates all rows. */
  double run() {
    for (int r = 0; r < scores.length; r++) {
      System.arraycopy(rows, r * row.length, row, 0, row.length);
      scores[r] = forest.score(row, slots);
    }
    return scores[scores.length - 1];
  }

  /** Evaluates all rows; their scores. */
  double[] scores() {
    run();
    return scores;
  }
}
