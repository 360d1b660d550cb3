package io.understudy.surrogate.event;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.Parameter;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Reads a stimulus file: CSV with the columns {@code instance,step}, the circuit's inputs and its
 * parameters, one row a period and instance in which there is an input. A parameter with a default
 * may be left out.
 */
public final class StimulusReader {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setTrim(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .get();

  private final Circuit circuit;
  private final String origin;
  private final SortedMap<Integer, Collected> instances = new TreeMap<>();

  private StimulusReader(Circuit circuit, String origin) {
    this.circuit = circuit;
    this.origin = origin;
  }

  /**
   * Reads a file.
   *
   * @throws StimulusException naming the file, row, column, value and what was expected
   */
  public static Stimulus read(Path file, Circuit circuit) {
    if (!Files.isRegularFile(file)) {
      throw new StimulusException(file + ": no such file (expected: a stimulus in CSV)");
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      return parse(file.toString(), reader, circuit);
    } catch (IOException e) {
      throw new StimulusException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Parses a stimulus.
   *
   * @param origin names the source in errors
   */
  public static Stimulus parse(String origin, Reader text, Circuit circuit) throws IOException {
    StimulusReader reader = new StimulusReader(circuit, origin);
    try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
      reader.checkHeader(parser.getHeaderNames());
      for (CSVRecord row : parser) {
        reader.accept(row, parser.getCurrentLineNumber());
      }
    } catch (IllegalArgumentException | java.io.UncheckedIOException e) {
      throw new StimulusException(origin + ": " + e.getMessage(), e);
    }
    return reader.stimulus();
  }

  private void checkHeader(List<String> header) {
    Set<String> required = new LinkedHashSet<>(List.of("instance", "step"));
    required.addAll(circuit.inputColumns());
    Set<String> known = new LinkedHashSet<>(required);
    known.addAll(circuit.parameterColumns());
    for (Parameter parameter : circuit.parameters()) {
      if (parameter.defaultValue() == null) {
        required.addAll(parameter.columns());
      }
    }
    for (String column : header) {
      if (!known.contains(column)) {
        throw new StimulusException(
            origin + ": column " + column + ": unknown (expected: " + known + ")");
      }
    }
    required.removeAll(header);
    if (!required.isEmpty()) {
      throw new StimulusException(
          origin + ": columns: missing " + required + " (expected: " + known + ")");
    }
  }

  private void accept(CSVRecord row, long line) {
    if (!row.isConsistent()) {
      throw error(line, "columns", row.size(), row.getParser().getHeaderNames().size() + "");
    }
    int number = (int) wholeNumber(row, line, "instance", Integer.MAX_VALUE);
    long step = wholeNumber(row, line, "step", Long.MAX_VALUE);
    Collected instance = instances.computeIfAbsent(number, n -> new Collected(new TreeMap<>()));
    if (instance.rows.put(step, new Stimulus.Row(step, inputs(row, line))) != null) {
      throw error(line, "instance " + number + ", step " + step, "given twice", "one row a period");
    }
    List<Double> parameters = parameters(row, line);
    if (instance.parameters == null) {
      instance.parameters = parameters;
      instance.line = line;
    } else if (!instance.parameters.equals(parameters)) {
      int at = 0;
      while (instance.parameters.get(at).equals(parameters.get(at))) {
        at++;
      }
      throw error(
          line,
          circuit.parameterColumns().get(at),
          parameters.get(at),
          instance.parameters.get(at)
              + " as in line "
              + instance.line
              + ", for a parameter is constant for an instance");
    }
  }

  private List<Double> inputs(CSVRecord row, long line) {
    List<Double> values = new ArrayList<>();
    for (InputPort input : circuit.inputs()) {
      for (String column : input.columns()) {
        double value = number(row, line, column);
        if (!(value >= input.min() && value <= input.max())) {
          throw error(line, column, value, input.expected());
        }
        values.add(value);
      }
    }
    return values;
  }

  private List<Double> parameters(CSVRecord row, long line) {
    Map<String, Integer> header = row.getParser().getHeaderMap();
    List<Double> values = new ArrayList<>();
    for (Parameter parameter : circuit.parameters()) {
      for (String column : parameter.columns()) {
        double value =
            header.containsKey(column) ? number(row, line, column) : parameter.defaultValue();
        if (!parameter.accepts(value)) {
          throw error(line, column, value, parameter.expected());
        }
        values.add(value);
      }
    }
    return values;
  }

  private double number(CSVRecord row, long line, String column) {
    String text = row.get(column);
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw error(line, column, text, "a number");
    }
    if (!Double.isFinite(value)) {
      throw error(line, column, text, "a finite number");
    }
    // -0.0 and 0.0 are one value everywhere else.
    return value == 0 ? 0.0 : value;
  }

  private long wholeNumber(CSVRecord row, long line, String column, long max) {
    String text = row.get(column);
    try {
      long value = Long.parseLong(text);
      if (value >= 0 && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below with the values that are numbers but out of range.
    }
    throw error(line, column, text, "a whole number from 0");
  }

  private StimulusException error(long line, String thing, Object value, String expected) {
    return new StimulusException(
        origin + ":" + line + ": " + thing + ": " + value + " (expected: " + expected + ")");
  }

  private Stimulus stimulus() {
    if (instances.isEmpty()) {
      throw new StimulusException(origin + ": rows: none (expected: at least one)");
    }
    List<Stimulus.Instance> all = new ArrayList<>();
    instances.forEach(
        (number, instance) ->
            all.add(
                new Stimulus.Instance(
                    number, instance.parameters, List.copyOf(instance.rows.values()))));
    return new Stimulus(all);
  }

  /** What was read of one instance so far. */
  private static final class Collected {
    final SortedMap<Long, Stimulus.Row> rows;
    List<Double> parameters;
    long line;

    Collected(SortedMap<Long, Stimulus.Row> rows) {
      this.rows = rows;
    }
  }
}
