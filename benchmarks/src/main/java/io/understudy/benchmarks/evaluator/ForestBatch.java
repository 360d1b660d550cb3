package io.understudy.benchmarks.evaluator;

import io.understudy.surrogate.feature.EventColumns;
import io.understudy.surrogate.forest.FeatureKeys;
import io.understudy.surrogate.forest.Forest;
import io.understudy.surrogate.forest.ForestKernel;
import java.util.stream.IntStream;

/**
 * A forest's scores of many finite rows as a bank evaluates them: in blocks of rows, features in
 * columns, as they are computed there, and their keys, which are computed with each run.
 */
final class ForestBatch {
  private static final int BLOCK = EventColumns.ROWS;
  private static final int STRIDE = EventColumns.STRIDE;

  private final Forest forest;
  private final ForestKernel kernel;
  private final double[][] blocks;
  private final FeatureKeys keys;
  private final double[] blockScores = new double[BLOCK];
  private final double[] scores;
  private final ForestKernel.Scratch scratch;
  private final int[] slots;
  private int next;

  /**
   * @param rows n rows of the forest's features
   */
  ForestBatch(Forest forest, double[] rows, int n) {
    int width = forest.features();
    this.forest = forest;
    this.slots = IntStream.range(0, width).toArray();
    this.kernel = forest.kernel(slots, STRIDE);
    this.scratch = new ForestKernel.Scratch(BLOCK, width);
    this.keys = new FeatureKeys(width, BLOCK);
    this.blocks = new double[(n + BLOCK - 1) / BLOCK][width * STRIDE + 1];
    this.scores = new double[n];
    for (int r = 0; r < n; r++) {
      for (int k = 0; k < width; k++) {
        blocks[r / BLOCK][k * STRIDE + r % BLOCK] = rows[r * width + k];
      }
    }
  }

  /** Whether the forest needs its exact path, whose rows are scored one by one. */
  boolean needsExactPath() {
    return kernel.needsExactPath();
  }

  /** Evaluates all rows. */
  double run() {
    for (int b = 0; b < blocks.length; b++) {
      int rows = Math.min(BLOCK, scores.length - b * BLOCK);
      for (int k = 0; k < slots.length; k++) {
        keys.set(k, blocks[b], k * STRIDE, rows);
      }
      kernel.scores(blocks[b], keys, rows, blockScores, scratch);
      System.arraycopy(blockScores, 0, scores, b * BLOCK, rows);
    }
    return scores[scores.length - 1];
  }

  /** Evaluates one row, each time the next. */
  double single() {
    next = next + 1 == scores.length ? 0 : next + 1;
    return kernel.score(blocks[next / BLOCK], next % BLOCK, scratch);
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
