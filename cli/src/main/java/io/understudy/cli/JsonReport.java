package io.understudy.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --json}: what a command printed, as one JSON object. */
public final class JsonReport {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "writes what was printed as one JSON object")
  private Path file;

  /**
   * Writes the object, if the option was given.
   *
   * @param report a record or a map
   */
  public void write(Object report) throws IOException {
    if (file != null) {
      Files.writeString(file, MAPPER.writeValueAsString(report) + "\n");
    }
  }

  /** A report as a tree, to be added to. */
  public static Object tree(Object report) {
    return MAPPER.valueToTree(report);
  }

  /** Parses JSON text, to be part of a report; null gives null. */
  public static Object parse(String json) throws IOException {
    return json == null ? null : MAPPER.readTree(json);
  }
}
