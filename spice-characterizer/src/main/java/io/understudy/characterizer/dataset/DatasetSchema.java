package io.understudy.characterizer.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.understudy.surrogate.circuit.Characterization;
import io.understudy.surrogate.circuit.Characterization.Sampling;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.LabelHash;
import io.understudy.surrogate.circuit.PlanHash;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a dataset's {@code schema.json} says: where its rows come from.
 *
 * @param format of the dataset, 2; format 1 had names alone as columns, and no plan
 * @param circuit the circuit's name
 * @param circuitSha256 hash of the circuit's folder when the dataset was made
 * @param labelsSha256 hash of what the labels depend on
 * @param planSha256 hash of what the runs are drawn from; null in format 1
 * @param refinedBy version of the surrogate that guided the runs; null where none did
 * @param sampling how the runs are spread; null in format 1
 * @param seed of the stimuli
 * @param runs number of runs
 * @param periods length of a run
 * @param rows number of events
 * @param columns of {@code events.csv.gz}
 * @param ngspice the simulator and its options
 */
@JsonPropertyOrder({
  "format",
  "circuit",
  "circuit_sha256",
  "labels_sha256",
  "plan_sha256",
  "refined_by",
  "sampling",
  "seed",
  "runs",
  "periods",
  "rows",
  "columns",
  "ngspice"
})
public record DatasetSchema(
    int format,
    String circuit,
    @JsonProperty("circuit_sha256") String circuitSha256,
    @JsonProperty("labels_sha256") String labelsSha256,
    @JsonProperty("plan_sha256") String planSha256,
    @JsonProperty("refined_by") @JsonInclude(JsonInclude.Include.NON_NULL) String refinedBy,
    Sampling sampling,
    long seed,
    int runs,
    int periods,
    long rows,
    List<Column> columns,
    Simulator ngspice) {
  /** The format that this version writes and reads. */
  public static final int FORMAT = 2;

  /** The oldest format that this version reads. */
  static final int OLDEST_FORMAT = 1;

  static final String FILE = "schema.json";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /**
   * The simulator.
   *
   * @param version of ngspice
   * @param reltol relative tolerance
   * @param maxStepS largest time step in s
   * @param method of integration
   */
  public record Simulator(
      String version, double reltol, @JsonProperty("max_step_s") double maxStepS, String method) {}

  /**
   * One column.
   *
   * @param unit SI, "1" for a pure number, "" for a word
   * @param meaning for people; "" in format 1
   */
  public record Column(String name, String unit, String meaning) {
    /** A column of format 1. */
    @JsonCreator
    static Column named(String name) {
      return new Column(name, "", "");
    }

    @JsonCreator
    static Column described(
        @JsonProperty("name") String name,
        @JsonProperty("unit") String unit,
        @JsonProperty("meaning") String meaning) {
      return new Column(name, unit, meaning);
    }
  }

  /**
   * The schema of a circuit's dataset by the circuit's plan, without rows as yet.
   *
   * @param ngspice what simulates the runs
   */
  public static DatasetSchema of(CircuitFolder folder, long seed, int runs, Simulator ngspice) {
    Circuit circuit = folder.circuit();
    return new DatasetSchema(
        FORMAT,
        circuit.name(),
        folder.sha256(),
        LabelHash.of(folder),
        PlanHash.of(circuit),
        null,
        circuit.characterization().sampling(),
        seed,
        runs,
        circuit.characterization().periods(),
        0,
        DatasetColumns.described(circuit),
        ngspice);
  }

  /** The same of runs that a surrogate guides. */
  public DatasetSchema refinedBy(Surrogate surrogate) {
    SurrogatePackage guide = surrogate.source();
    Circuit of = surrogate.folder().circuit();
    String plan = PlanHash.ofRefinement(of, guide.trees(), guide.manifest().fits());
    Characterization refined = of.characterization().refined(of.characterization().refinement());
    return new DatasetSchema(
        format,
        circuit,
        circuitSha256,
        labelsSha256,
        plan,
        guide.version(),
        Sampling.UNIFORM,
        seed,
        runs,
        refined.periods(),
        rows,
        columns,
        ngspice);
  }

  DatasetSchema withRows(long count) {
    return with(circuitSha256, runs, count, columns);
  }

  private DatasetSchema with(String circuitHash, int runCount, long rowCount, List<Column> as) {
    return new DatasetSchema(
        format,
        circuit,
        circuitHash,
        labelsSha256,
        planSha256,
        refinedBy,
        sampling,
        seed,
        runCount,
        periods,
        rowCount,
        as,
        ngspice);
  }

  /** Names of the columns, in order. */
  List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  /** Whether run k of the one is run k of the other. */
  boolean drawsTheSameRunsAs(DatasetSchema other) {
    return comparable().equals(other.comparable());
  }

  /** Without what does not matter to a run: how many there are, where it says nothing to one. */
  private DatasetSchema comparable() {
    List<Column> names = columns.stream().map(column -> Column.named(column.name())).toList();
    return with("", sampling == Sampling.LATIN_HYPERCUBE ? runs : 0, 0, names);
  }

  void write(Path file) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.writeString(draft, MAPPER.writeValueAsString(this) + "\n");
    Files.move(draft, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  static DatasetSchema read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(
          file + ": no such file (expected: a dataset's folder, completely written)");
    }
    try {
      return MAPPER.readValue(file.toFile(), DatasetSchema.class);
    } catch (IOException e) {
      throw new DatasetException(file + ": " + e.getMessage(), e);
    }
  }
}
