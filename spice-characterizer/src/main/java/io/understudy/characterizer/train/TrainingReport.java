package io.understudy.characterizer.train;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param errors on the dataset's own unseen runs
 * @param elsewhere errors on a dataset of another seed; null where none was given
 * @param predictors one by one
 * @param trees of all predictors
 * @param leaves of all predictors
 * @param bytes of all predictors' files
 */
public record TrainingReport(
    String circuit,
    String version,
    Split runs,
    Evaluation errors,
    Evaluation elsewhere,
    List<PredictorFigures> predictors,
    int trees,
    int leaves,
    long bytes) {
  /** The report's file name in a package's folder. */
  public static final String FILE = "report.json";

  /** Numbers of runs that taught, stopped the teaching, and stayed unseen. */
  public record Split(int train, int validation, int test) {}

  /**
   * One predictor by itself.
   *
   * @param features values that it looks at
   * @param rows it was taught with
   * @param bytes of its file
   * @param error on unseen rows with golden features: for a decision the share of wrong ones, else
   *     the root mean square by the targets' deviation; null where no row is unseen
   */
  public record PredictorFigures(
      String name, int features, int rows, int trees, int leaves, long bytes, Double error) {}

  /** The errors that count: those on a dataset of another seed where there is one. */
  public Evaluation decisive() {
    return elsewhere == null ? errors : elsewhere;
  }

  /** The report as JSON. */
  public String toJson() {
    try {
      return JsonMapper.builder()
              .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
              .enable(SerializationFeature.INDENT_OUTPUT)
              .defaultPropertyInclusion(
                  JsonInclude.Value.construct(
                      JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
              .build()
              .writeValueAsString(this)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
