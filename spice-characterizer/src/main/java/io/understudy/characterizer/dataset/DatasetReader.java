package io.understudy.characterizer.dataset;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.LabelHash;
import io.understudy.surrogate.event.EventKind;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Reads a dataset row by row. */
public final class DatasetReader {
  private final Path events;
  private final DatasetSchema schema;
  private final List<String> columns;
  private final boolean[] mayBeEmpty;
  private final boolean[] mayBeEmptyIdle;

  private DatasetReader(Path events, DatasetSchema schema, Circuit circuit) {
    this.events = events;
    this.schema = schema;
    this.columns = DatasetColumns.values(circuit);
    this.mayBeEmpty = optional(circuit, false);
    this.mayBeEmptyIdle = optional(circuit, true);
  }

  /**
   * Opens a dataset of a circuit.
   *
   * @throws DatasetException when it is incomplete, of another format or of another circuit; names
   *     both sides
   */
  public static DatasetReader open(Path directory, CircuitFolder folder) {
    Circuit circuit = folder.circuit();
    Path file = directory.resolve(DatasetSchema.FILE);
    DatasetSchema schema = DatasetSchema.read(file);
    check(file, "format", schema.format(), DatasetSchema.FORMAT);
    check(file, "circuit", schema.circuit(), circuit.name());
    check(file, "labels_sha256", schema.labelsSha256(), LabelHash.of(folder));
    check(file, "columns", schema.columns(), DatasetColumns.all(circuit));
    return new DatasetReader(directory.resolve(DatasetWriter.EVENTS), schema, circuit);
  }

  private static void check(Path file, String key, Object value, Object expected) {
    if (!value.equals(expected)) {
      throw new DatasetException(
          file + ": " + key + ": " + value + " (expected: " + expected + ", the circuit's)");
    }
  }

  /** Where the rows come from. */
  public DatasetSchema schema() {
    return schema;
  }

  /** Names of a row's values, in order. */
  public List<String> columns() {
    return columns;
  }

  /**
   * Index of a column in a row's values.
   *
   * @throws DatasetException when there is none of that name
   */
  public int columnIndex(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new DatasetException(
          events + ": column " + column + ": unknown (expected: one of " + columns + ")");
    }
    return index;
  }

  /**
   * Hands over every row, in order of run and step.
   *
   * @throws DatasetException naming run, step and column of a label that is missing or not finite
   */
  public void forEach(Consumer<DatasetRow> consumer) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(events)), 1 << 16),
                StandardCharsets.UTF_8))) {
      in.readLine();
      long rows = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        consumer.accept(row(line));
        rows++;
      }
      check(events, "rows", rows, schema.rows());
    } catch (IOException e) {
      throw new DatasetException(events + ": " + e.getMessage(), e);
    }
  }

  private DatasetRow row(String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != schema.columns().size()) {
      throw new DatasetException(
          events
              + ": a row of "
              + cells.length
              + " cells (expected: "
              + schema.columns().size()
              + "): "
              + line);
    }
    try {
      int run = Integer.parseInt(cells[0]);
      long step = Long.parseLong(cells[1]);
      EventKind kind = EventKind.valueOf(cells[2]);
      boolean[] optional = kind == EventKind.E3 ? mayBeEmptyIdle : mayBeEmpty;
      double[] values = new double[columns.size()];
      for (int k = 0; k < values.length; k++) {
        String cell = cells[k + DatasetColumns.KEYS.size()];
        values[k] = cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
        if (!Double.isFinite(values[k]) && !(cell.isEmpty() && optional[k])) {
          throw new DatasetException(
              events
                  + ": run "
                  + run
                  + ", step "
                  + step
                  + ", "
                  + columns.get(k)
                  + ": '"
                  + cell
                  + "' (expected: a finite value)");
        }
      }
      return new DatasetRow(run, step, kind, Long.parseLong(cells[3]), values);
    } catch (IllegalArgumentException e) {
      throw new DatasetException(events + ": " + e.getMessage() + " in row: " + line, e);
    }
  }

  private boolean[] optional(Circuit circuit, boolean isIdle) {
    var names = DatasetColumns.optional(circuit, isIdle);
    boolean[] flags = new boolean[columns.size()];
    for (int k = 0; k < flags.length; k++) {
      flags[k] = names.contains(columns.get(k));
    }
    return flags;
  }
}
