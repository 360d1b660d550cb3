package io.understudy.surrogate.circuit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads {@code circuit.yaml} into a {@link Circuit}; the one place where YAML is known. */
public final class CircuitReader {
  /** The description's file name within a circuit's folder. */
  public static final String FILE = "circuit.yaml";

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private CircuitReader() {}

  /**
   * Reads and checks a circuit's folder.
   *
   * @param directory holds {@code circuit.yaml} and the netlist it names
   * @throws CircuitException naming the file, key, value and what was expected
   */
  public static CircuitFolder read(Path directory) {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new CircuitException(
          file + ": no such file (expected: a circuit's folder with a circuit.yaml)");
    }
    try {
      Circuit circuit = parse(file.toString(), ModelText.read(file, ModelText.MAX_CIRCUIT_BYTES));
      Path netlist = directory.resolve(circuit.netlist());
      if (!netlist.normalize().getParent().equals(directory.normalize())
          || !Files.isRegularFile(netlist)) {
        throw new CircuitException(
            file + ": netlist: " + circuit.netlist() + " (expected: a file in " + directory + ")");
      }
      return new CircuitFolder(directory, circuit, CircuitHash.of(directory, circuit));
    } catch (IOException e) {
      throw new CircuitException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Parses a description.
   *
   * @param origin names the source in errors
   * @param yaml the text
   */
  public static Circuit parse(String origin, String yaml) {
    try {
      Circuit circuit = MAPPER.readValue(yaml, Circuit.class);
      if (circuit == null) {
        throw new CircuitException(origin + ": empty (expected: a circuit description)");
      }
      return circuit;
    } catch (JacksonException e) {
      throw new CircuitException(origin + position(e.getLocation()) + ": " + explain(e), e);
    }
  }

  private static String position(JsonLocation location) {
    return location == null || location.getLineNr() < 1 ? "" : ":" + location.getLineNr();
  }

  private static String explain(JacksonException e) {
    if (e.getCause() instanceof CircuitException cause) {
      return cause.getMessage();
    }
    String path =
        e instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[")
            : "";
    if (e instanceof UnrecognizedPropertyException unknown) {
      return path + ": unknown key (expected: one of " + unknown.getKnownPropertyIds() + ")";
    }
    return (path.isEmpty() ? "" : path + ": ") + e.getOriginalMessage();
  }
}
