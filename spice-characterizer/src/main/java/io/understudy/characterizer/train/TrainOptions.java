package io.understudy.characterizer.train;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * How to train.
 *
 * @param outDir the package's folder; null for the circuit's next version
 * @param unseenDir another dataset of the circuit, of another seed, on which the surrogate is
 *     measured; null for none: then the dataset's own test runs alone tell
 * @param moreDirs further datasets of the circuit that are learned from alone
 * @param sampleRuns runs of the unseen dataset that the package takes along, see {@link
 *     GoldenSample}
 * @param threads predictors learned at once; the result does not depend on it
 * @param created date that the package bears
 */
public record TrainOptions(
    Path outDir,
    Path unseenDir,
    List<Path> moreDirs,
    int sampleRuns,
    int threads,
    LocalDate created) {
  public TrainOptions {
    moreDirs = List.copyOf(moreDirs);
    if (sampleRuns < 1) {
      throw new TrainingException("sample runs: " + sampleRuns + " (expected: at least 1)");
    }
    if (threads < 1) {
      throw new TrainingException("threads: " + threads + " (expected: at least 1)");
    }
  }

  /** With a sample of the usual size. */
  public TrainOptions(
      Path outDir, Path unseenDir, List<Path> moreDirs, int threads, LocalDate created) {
    this(outDir, unseenDir, moreDirs, GoldenSample.RUNS, threads, created);
  }

  /** Of today. */
  public static TrainOptions of(Path outDir, int threads) {
    return new TrainOptions(outDir, null, List.of(), threads, LocalDate.now(ZoneOffset.UTC));
  }

  /** The same, measured on another dataset, too. */
  public TrainOptions measuredOn(Path dataset) {
    return new TrainOptions(outDir, dataset, moreDirs, sampleRuns, threads, created);
  }

  /** The same, learning from further datasets, too. */
  public TrainOptions learningFrom(List<Path> datasets) {
    return new TrainOptions(outDir, unseenDir, datasets, sampleRuns, threads, created);
  }

  /** The same with another number of runs in the sample. */
  public TrainOptions withSampleOf(int runs) {
    return new TrainOptions(outDir, unseenDir, moreDirs, runs, threads, created);
  }
}
