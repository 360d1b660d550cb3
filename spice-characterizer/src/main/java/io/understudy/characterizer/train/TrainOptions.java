package io.understudy.characterizer.train;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * How to train.
 *
 * @param outDir the package's folder; null for the circuit's next version
 * @param threads predictors learned at once; the result does not depend on it
 * @param created date that the package bears
 */
public record TrainOptions(Path outDir, int threads, LocalDate created) {
  public TrainOptions {
    if (threads < 1) {
      throw new TrainingException("threads: " + threads + " (expected: at least 1)");
    }
  }

  /** Of today. */
  public static TrainOptions of(Path outDir, int threads) {
    return new TrainOptions(outDir, threads, LocalDate.now(ZoneOffset.UTC));
  }
}
