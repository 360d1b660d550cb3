package io.understudy.characterizer.evaluate;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.understudy.characterizer.dataset.DatasetException;
import io.understudy.surrogate.event.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How exactly ngspice itself repeats a dataset's events when some runs are done again at tight
 * tolerances: no surrogate of that dataset can be more exact.
 *
 * @param runs done again
 * @param reference the tight tolerances
 * @param errors of the dataset's events against the reference
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AccuracyFloor(int runs, Reference reference, Errors errors) {
  /** The file within a dataset's folder. */
  public static final String FILE = "accuracy.json";

  /**
   * Tight tolerances.
   *
   * @param reltol relative tolerance
   * @param maxStepS largest time step in s
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Reference(double reltol, double maxStepS) {}

  /** Errors as in a surrogate's report; what was not measured is null. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Errors(
      Double spikeF1,
      Double latencyMape,
      Map<EventKind, Double> energyMape,
      Map<EventKind, Double> energySum,
      Double energyRunMean,
      Double energyTotal,
      @JsonAlias("output_rmse_of_swing") Double outputRmse,
      Map<String, Double> stateRmseV) {}

  /**
   * Reads a dataset's floor.
   *
   * @return empty where it was not measured
   * @throws DatasetException naming the file when it cannot be read
   */
  public static Optional<AccuracyFloor> of(Path dataset) {
    Path file = dataset.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      AccuracyFloor floor =
          JsonMapper.builder()
              .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
              .build()
              .readValue(file.toFile(), AccuracyFloor.class);
      if (floor == null || floor.errors == null) {
        throw new DatasetException(file + ": errors: none (expected: those of the repeated runs)");
      }
      return Optional.of(floor);
    } catch (IOException e) {
      throw new DatasetException(file + ": " + e.getMessage(), e);
    }
  }
}
