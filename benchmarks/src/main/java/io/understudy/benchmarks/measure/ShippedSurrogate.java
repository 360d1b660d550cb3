package io.understudy.benchmarks.measure;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A shipped circuit with its newest surrogate.
 *
 * @param folder the circuit
 * @param source the package
 */
public record ShippedSurrogate(CircuitFolder folder, SurrogatePackage source) {
  /** All of them, by name. */
  public static List<ShippedSurrogate> all(BenchOptions options) {
    try (Stream<Path> folders = Files.list(options.models())) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve(CircuitReader.FILE)))
          .sorted()
          .map(ShippedSurrogate::read)
          .toList();
    } catch (IOException e) {
      throw new BenchException("models: " + options.models() + ": " + e.getMessage(), e);
    }
  }

  /** One of them. */
  public static ShippedSurrogate of(BenchOptions options, String circuit) {
    return read(options.models().resolve(circuit));
  }

  private static ShippedSurrogate read(Path directory) {
    CircuitFolder folder = CircuitReader.read(directory);
    try {
      Path version =
          SurrogatePackage.newest(folder)
              .orElseThrow(
                  () -> new BenchException(directory + ": no surrogate (expected: a package)"));
      return new ShippedSurrogate(folder, SurrogatePackage.read(version, folder));
    } catch (IOException e) {
      throw new BenchException(directory + ": " + e.getMessage(), e);
    }
  }

  /** The circuit's name. */
  public String name() {
    return circuit().name();
  }

  /** The circuit. */
  public Circuit circuit() {
    return folder.circuit();
  }

  /** The surrogate, compiled. */
  public Surrogate load() {
    return Surrogate.load(folder, source);
  }
}
