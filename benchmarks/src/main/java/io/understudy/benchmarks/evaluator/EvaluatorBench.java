package io.understudy.benchmarks.evaluator;

import io.understudy.benchmarks.measure.BenchException;
import io.understudy.benchmarks.measure.BenchOptions;
import io.understudy.benchmarks.measure.PairedRounds;
import io.understudy.benchmarks.measure.PairedRounds.Pair;
import io.understudy.benchmarks.measure.ShippedSurrogate;
import io.understudy.surrogate.forest.Forest;
import io.understudy.surrogate.forest.ForestReader;
import io.understudy.surrogate.provenance.SurrogateManifest.TrainedPredictor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The shipped forests against LightGBM, on rows drawn from the range that each was trained on. */
public final class EvaluatorBench {
  static final int ROWS = 1_000;
  private static final long SEED = 5;

  private EvaluatorBench() {}

  /**
   * One forest; times in ns a row.
   *
   * @param batchRatio lightgbm4j's batch call against the forest's
   * @param nativeBatchRatio the native library's batch call, without lightgbm4j's copying
   * @param singleRatio the native library's SingleRowFast against a single row
   * @param singleRowRatio lightgbm4j's SingleRow
   */
  public record ForestFigures(
      String circuit,
      String predictor,
      int trees,
      int leaves,
      boolean linear,
      double batchNs,
      double lightgbmBatchNs,
      double batchRatio,
      double nativeBatchRatio,
      double singleNs,
      double lightgbmSingleFastNs,
      double singleRatio,
      double singleRowRatio) {}

  /**
   * All forests; a ratio is that of the summed times.
   *
   * @param batchRatio how many times faster than lightgbm4j's batch call of 1,000 rows
   * @param singleRatio than SingleRowFast
   */
  public record Figures(
      double batchRatio,
      double nativeBatchRatio,
      double singleRatio,
      double singleRowRatio,
      int rows,
      List<ForestFigures> forests) {}

  /** Measures. */
  public static Figures run(BenchOptions options) {
    List<ForestFigures> all = new ArrayList<>();
    for (ShippedSurrogate shipped : ShippedSurrogate.all(options)) {
      for (TrainedPredictor predictor : shipped.source().manifest().predictors()) {
        ForestFigures figures = measure(options, shipped, predictor);
        if (figures != null) {
          all.add(figures);
        }
      }
    }
    double batch = all.stream().mapToDouble(ForestFigures::batchNs).sum();
    double single = all.stream().mapToDouble(ForestFigures::singleNs).sum();
    return new Figures(
        all.stream().mapToDouble(f -> f.batchNs() * f.batchRatio()).sum() / batch,
        all.stream().mapToDouble(f -> f.batchNs() * f.nativeBatchRatio()).sum() / batch,
        all.stream().mapToDouble(f -> f.singleNs() * f.singleRatio()).sum() / single,
        all.stream().mapToDouble(f -> f.singleNs() * f.singleRowRatio()).sum() / single,
        ROWS,
        all);
  }

  /** Null for a predictor without trees. */
  private static ForestFigures measure(
      BenchOptions options, ShippedSurrogate shipped, TrainedPredictor predictor) {
    String text = shipped.source().trees().get(predictor.trees());
    Forest forest = ForestReader.read(predictor.trees(), text);
    if (forest.trees() == 0) {
      return null;
    }
    int width = forest.features();
    double[] rows = rows(predictor, width);
    double[][] single = new double[ROWS][];
    for (int r = 0; r < ROWS; r++) {
      single[r] = java.util.Arrays.copyOfRange(rows, r * width, (r + 1) * width);
    }
    ForestBatch batch = new ForestBatch(forest, rows, ROWS);
    boolean exact = batch.needsExactPath();
    PairedRounds.Work whole = exact ? () -> each(batch, single) : batch::run;
    try (LightGbm reference = new LightGbm(text, width)) {
      reference.load(rows, ROWS);
      if (!exact) {
        checkSame(predictor, batch.scores(), reference.batch(rows, ROWS));
      }
      int rounds = options.either(3, 7);
      long slice = options.either(5, 15) * 1_000_000L;
      Pair all = PairedRounds.measure(rounds, slice, whole, () -> reference.batch(rows, ROWS)[0]);
      Pair bare = PairedRounds.measure(rounds, slice, whole, reference::nativeBatch);
      int[] next = {0, 0, 0};
      PairedRounds.Work ours = exact ? () -> batch.exact(single[next[0]++ % ROWS]) : batch::single;
      Pair fast =
          PairedRounds.measure(
              rounds, slice, ours, () -> reference.singleFast(single[next[1]++ % ROWS]));
      Pair slow =
          PairedRounds.measure(
              rounds, slice, ours, () -> reference.single(single[next[2]++ % ROWS]));
      return new ForestFigures(
          shipped.name(),
          predictor.name(),
          forest.trees(),
          forest.leaves(),
          forest.hasLinearLeaves(),
          all.subjectNs() / ROWS,
          all.baselineNs() / ROWS,
          all.ratio(),
          bare.ratio(),
          fast.subjectNs(),
          fast.baselineNs(),
          fast.ratio(),
          slow.ratio());
    }
  }

  private static double each(ForestBatch batch, double[][] rows) {
    double sum = 0;
    for (double[] row : rows) {
      sum += batch.exact(row);
    }
    return sum;
  }

  static double[] rows(TrainedPredictor predictor, int width) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] rows = new double[ROWS * width];
    for (int r = 0; r < ROWS; r++) {
      for (int k = 0; k < width; k++) {
        double low = predictor.featureMin()[k];
        double high = predictor.featureMax()[k];
        rows[r * width + k] = low + (high - low) * random.nextDouble();
      }
    }
    return rows;
  }

  private static void checkSame(TrainedPredictor predictor, double[] ours, double[] theirs) {
    for (int r = 0; r < ours.length; r++) {
      if (Double.doubleToLongBits(ours[r]) != Double.doubleToLongBits(theirs[r])) {
        throw new BenchException(
            predictor.name() + ": row " + r + ": " + ours[r] + " (expected: " + theirs[r] + ")");
      }
    }
  }
}
