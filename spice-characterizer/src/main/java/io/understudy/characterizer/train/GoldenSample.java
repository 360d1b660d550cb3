package io.understudy.characterizer.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.characterizer.dataset.DatasetExcerpt;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * A few golden runs that a package carries, with the surrogate's errors on exactly them: whoever
 * has the package can find out, without ngspice, whether it still is what was measured. The runs
 * are a small dataset in {@code golden/}, the errors stand in {@code report.json} as {@code
 * golden_sample}.
 */
public final class GoldenSample {
  /** Folder of the sample within a package's folder. */
  public static final String FOLDER = "golden";

  /** Runs of a sample where nothing else is said. */
  public static final int RUNS = 3;

  /**
   * A figure may differ by that share of itself: far more than rounding, far less than a change.
   */
  private static final double TOLERANCE = 1e-9;

  private static final String KEY = "golden_sample";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private GoldenSample() {}

  /**
   * What verifying a package has found.
   *
   * @param circuit the circuit's name
   * @param version the package's
   * @param runs runs of the sample; 0 where there is none
   * @param figures figures compared
   * @param differences a line each: {@code closed_loop.spike_f1: 0.9 (expected: 0.98)}
   */
  public record Verification(
      String circuit, String version, int runs, int figures, List<String> differences) {
    public Verification {
      differences = List.copyOf(differences);
    }

    /** Whether the sample is there and all figures are the report's. */
    public boolean passed() {
      return differences.isEmpty();
    }
  }

  /**
   * Gives a package a sample, in place of one that it has.
   *
   * @param directory the package's folder, with its report
   * @param dataset golden runs of a seed that training did not see; their first ones are taken
   * @param runs how many
   * @throws TrainingException when the seed is that of the training data
   * @throws io.understudy.characterizer.dataset.DatasetException when the dataset is another
   *     circuit's or damaged
   */
  public static void ship(Path directory, CircuitFolder folder, Path dataset, int runs)
      throws IOException {
    SurrogatePackage source = SurrogatePackage.read(directory, folder);
    Path target = directory.resolve(FOLDER);
    DatasetExcerpt.copy(dataset, target, runs);
    EventTable table = EventTable.read(target, folder);
    if (table.schema().seed() == source.manifest().provenance().characterizationSeed()) {
      remove(directory);
      throw new TrainingException(
          dataset
              + ": seed: "
              + table.schema().seed()
              + " (expected: another than the training data's)");
    }
    Path file = directory.resolve(TrainingReport.FILE);
    ObjectNode report = (ObjectNode) MAPPER.readTree(Files.readString(file));
    report.set(KEY, figures(Surrogate.load(folder, source), table));
    Files.writeString(file, report.toPrettyString() + "\n");
  }

  /** Removes the sample's runs from a package's folder. */
  static void remove(Path directory) throws IOException {
    Path target = directory.resolve(FOLDER);
    if (Files.isDirectory(target)) {
      try (var files = Files.list(target)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(target);
    }
  }

  /**
   * Computes a package's figures anew from its sample and compares them with its report.
   *
   * @param directory the package's folder
   * @throws io.understudy.surrogate.provenance.PackageException when the package cannot be read
   * @throws io.understudy.characterizer.dataset.DatasetException when the sample cannot be
   */
  public static Verification verify(Path directory, CircuitFolder folder) throws IOException {
    SurrogatePackage source = SurrogatePackage.read(directory, folder);
    Path sample = directory.resolve(FOLDER);
    Path file = directory.resolve(TrainingReport.FILE);
    String circuit = folder.circuit().name();
    JsonNode stated =
        Files.isRegularFile(file) ? MAPPER.readTree(Files.readString(file)).get(KEY) : null;
    if (!Files.isDirectory(sample) || stated == null) {
      String what = (stated == null ? file + ": no " + KEY : sample + ": no such folder");
      return new Verification(
          circuit,
          source.version(),
          0,
          0,
          List.of(what + " (expected: a golden sample and its figures)"));
    }
    EventTable table = EventTable.read(sample, folder);
    List<String> differences = new ArrayList<>();
    int figures = compare("", figures(Surrogate.load(folder, source), table), stated, differences);
    return new Verification(circuit, source.version(), table.schema().runs(), figures, differences);
  }

  /** The figures as they are read back from a report. */
  private static JsonNode figures(Surrogate surrogate, EventTable table) {
    try {
      return MAPPER.readTree(MAPPER.writeValueAsString(Evaluation.of(surrogate, table)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Notes what differs below a name; returns the number of figures. */
  private static int compare(String name, JsonNode found, JsonNode stated, List<String> into) {
    if (found != null && stated != null && found.isObject() && stated.isObject()) {
      TreeSet<String> keys = new TreeSet<>();
      for (Iterator<String> k = found.fieldNames(); k.hasNext(); ) {
        keys.add(k.next());
      }
      for (Iterator<String> k = stated.fieldNames(); k.hasNext(); ) {
        keys.add(k.next());
      }
      int figures = 0;
      for (String key : keys) {
        String inner = name.isEmpty() ? key : name + "." + key;
        figures += compare(inner, found.get(key), stated.get(key), into);
      }
      return figures;
    }
    if (!same(found, stated)) {
      into.add(name + ": " + found + " (expected: " + stated + ", as " + TrainingReport.FILE + ")");
    }
    return 1;
  }

  private static boolean same(JsonNode found, JsonNode stated) {
    if (found == null || stated == null || !found.isNumber() || !stated.isNumber()) {
      return found != null && found.equals(stated);
    }
    double difference = Math.abs(found.doubleValue() - stated.doubleValue());
    return difference <= TOLERANCE * Math.abs(stated.doubleValue());
  }
}
