package io.understudy.characterizer.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * What training has reached, written as {@code report.json} beside the package.
 *
 * @param circuit the circuit's name
 * @param version of the package
 * @param runs how the dataset's runs were split
 * @param errors on the dataset's unseen runs
 * @param predictors their sizes
 * @param trees of all predictors
 * @param leaves of all predictors
 * @param bytes of all predictors' files
 */
public record TrainingReport(
    String circuit,
    String version,
    Split runs,
    Evaluation errors,
    List<PredictorSize> predictors,
    int trees,
    int leaves,
    long bytes) {
  /** The report's file name in a package's folder. */
  public static final String FILE = "report.json";

  /** Numbers of runs that taught, stopped the teaching, and stayed unseen. */
  public record Split(int train, int validation, int test) {}

  /**
   * How large a predictor is.
   *
   * @param rows it was taught with
   * @param bytes of its file
   */
  public record PredictorSize(
      String name, int features, int rows, int trees, int leaves, long bytes) {}

  /** The report as JSON. */
  public String toJson() {
    try {
      return JsonMapper.builder()
              .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(this)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
