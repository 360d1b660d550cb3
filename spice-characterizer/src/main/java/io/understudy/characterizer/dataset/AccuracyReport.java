package io.understudy.characterizer.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.understudy.surrogate.compare.EventErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * How exact a dataset's own events are: the floor below which no surrogate of it can be measured.
 * Written as {@code accuracy.json} into the dataset's folder.
 *
 * @param runs number of runs that were simulated once more
 * @param reference the tighter tolerances
 * @param errors of the dataset's events against the tighter ones
 */
public record AccuracyReport(int runs, Reference reference, EventErrors errors) {
  /** The report's file name in a dataset's folder. */
  public static final String FILE = "accuracy.json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /**
   * What ngspice was compared with: itself, tighter.
   *
   * @param reltol relative tolerance
   * @param maxStepS largest time step in s
   */
  public record Reference(double reltol, double maxStepS) {}

  /** Writes the report into a dataset's folder. */
  public void write(Path directory) throws IOException {
    Path draft = directory.resolve(FILE + ".draft");
    Files.writeString(draft, toJson());
    Files.move(draft, directory.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads a dataset's report.
   *
   * @return empty where its accuracy was not checked
   * @throws DatasetException naming the file when it cannot be read
   */
  public static Optional<AccuracyReport> read(Path directory) {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      AccuracyReport report = MAPPER.readValue(Files.readString(file), AccuracyReport.class);
      if (report == null || report.reference == null || report.errors == null) {
        throw new DatasetException(
            file + ": reference or errors: none (expected: as characterize writes them)");
      }
      return Optional.of(report);
    } catch (IOException e) {
      throw new DatasetException(file + ": " + e.getMessage(), e);
    }
  }

  private String toJson() {
    try {
      return MAPPER.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
