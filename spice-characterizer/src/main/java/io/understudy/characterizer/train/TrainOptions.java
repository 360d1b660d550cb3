package io.understudy.characterizer.train;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * How to train.
 *
 * @param outDir the package's folder; null for the circuit's next version
 * @param unseenDir another dataset of the circuit, of another seed, on which the surrogate is
 *     measured; null for none: then the dataset's own test runs alone tell
 * @param threads predictors learned at once; the result does not depend on it
 * @param created date that the package bears
 */
public record TrainOptions(Path outDir, Path unseenDir, int threads, LocalDate created) {
  public TrainOptions {
    if (threads < 1) {
      throw new TrainingException("threads: " + threads + " (expected: at least 1)");
    }
  }

  /** Of today. */
  public static TrainOptions of(Path outDir, int threads) {
    return new TrainOptions(outDir, null, threads, LocalDate.now(ZoneOffset.UTC));
  }

  /** The same, measured on another dataset, too. */
  public TrainOptions measuredOn(Path dataset) {
    return new TrainOptions(outDir, dataset, threads, created);
  }
}
