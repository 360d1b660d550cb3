package io.understudy.characterizer.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a dataset's {@code schema.json} says: where its rows come from.
 *
 * @param format of the dataset, 1
 * @param circuit the circuit's name
 * @param circuitSha256 hash of the circuit's folder when the dataset was made
 * @param labelsSha256 hash of what the labels depend on
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
    long seed,
    int runs,
    int periods,
    long rows,
    List<String> columns,
    Simulator ngspice) {
  /** The format that this version writes and reads. */
  public static final int FORMAT = 1;

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

  DatasetSchema withRows(long count) {
    return new DatasetSchema(
        format, circuit, circuitSha256, labelsSha256, seed, runs, periods, count, columns, ngspice);
  }

  /** The same but for the number of runs, and what follows from it. */
  boolean drawsTheSameRunsAs(DatasetSchema other) {
    return ofRuns(0).equals(other.ofRuns(0));
  }

  private DatasetSchema ofRuns(int count) {
    return new DatasetSchema(
        format, circuit, "", labelsSha256, seed, count, periods, 0, columns, ngspice);
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
