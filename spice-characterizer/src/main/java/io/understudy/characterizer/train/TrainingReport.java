package io.understudy.characterizer.train;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.understudy.characterizer.baseline.Baselines;
import io.understudy.characterizer.dataset.AccuracyReport;
import io.understudy.characterizer.evaluate.EnergyShare;
import io.understudy.characterizer.evaluate.RunEnergies;
import io.understudy.characterizer.evaluate.SizePoint;
import io.understudy.characterizer.evaluate.TimeBin;
import io.understudy.surrogate.circuit.Circuit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * @param floor how exactly ngspice repeats the dataset; null where it was not measured
 * @param closedLoop whole runs of the decisive dataset, in detail
 * @param sizeCurve errors in closed loop against the number of trees
 * @param baselines simple predictions beside the predictors', in open loop
 */
@JsonIgnoreProperties("golden_sample")
public record TrainingReport(
    String circuit,
    String version,
    Split runs,
    Evaluation errors,
    Evaluation elsewhere,
    List<PredictorFigures> predictors,
    int trees,
    int leaves,
    long bytes,
    AccuracyReport floor,
    ClosedLoop closedLoop,
    List<SizePoint> sizeCurve,
    Baselines baselines) {
  /** The report's file name in a package's folder. */
  public static final String FILE = "report.json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

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

  /**
   * Whole unseen runs with the surrogate's own state.
   *
   * @param energy by the event's kind
   * @param runEnergy spread of the runs' errors
   * @param overTime errors against the time since the runs' start
   */
  public record ClosedLoop(
      List<EnergyShare> energy, RunEnergies.Spread runEnergy, List<TimeBin> overTime) {
    /** Stretches of a run. */
    private static final int BINS = 20;

    static ClosedLoop of(Circuit circuit, PlayedRuns played) {
      return new ClosedLoop(
          EnergyShare.of(played.closed()),
          RunEnergies.of(played.closed()).spread(),
          TimeBin.of(circuit, played.table().schema().periods(), BINS, played.closed()));
    }
  }

  /** The errors that count: those on a dataset of another seed where there is one. */
  public Evaluation decisive() {
    return elsewhere == null ? errors : elsewhere;
  }

  /** The report as JSON. */
  public String toJson() {
    try {
      return MAPPER.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a report.
   *
   * @throws TrainingException naming the file when it is none
   */
  public static TrainingReport read(Path file) {
    try {
      return MAPPER.readValue(Files.readString(file), TrainingReport.class);
    } catch (IOException e) {
      throw new TrainingException(file + ": " + e.getMessage(), e);
    }
  }
}
