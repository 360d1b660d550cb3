package io.understudy.characterizer;

import io.understudy.characterizer.dataset.AccuracyReport;
import io.understudy.characterizer.dataset.DatasetReader;
import io.understudy.surrogate.circuit.Characterization.Accuracy;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.compare.EventPair;
import java.io.IOException;
import java.nio.file.Path;

/** Compares a dataset's first runs with the same ones at tighter tolerances. */
final class AccuracyCheck {
  /** Folder of the tighter runs, a dataset itself, in the dataset's folder. */
  static final String FOLDER = "accuracy";

  private AccuracyCheck() {}

  /**
   * Compares and writes {@link AccuracyReport#FILE}.
   *
   * @param directory the dataset's folder, in which {@link #FOLDER} is complete
   * @param runs number of runs in it
   */
  static AccuracyReport compare(CircuitFolder folder, Path directory, int runs, Accuracy reference)
      throws IOException {
    DatasetReader own = DatasetReader.open(directory, folder);
    DatasetReader tight = DatasetReader.open(directory.resolve(FOLDER), folder);
    EventErrors errors =
        EventErrors.of(folder.circuit(), EventPair.pair(tight.events(runs), own.events(runs)));
    AccuracyReport report =
        new AccuracyReport(
            runs, new AccuracyReport.Reference(reference.reltol(), reference.maxStepS()), errors);
    report.write(directory);
    return report;
  }
}
