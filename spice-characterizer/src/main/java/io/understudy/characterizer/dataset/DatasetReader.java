package io.understudy.characterizer.dataset;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.LabelHash;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.EventKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Reads a dataset row by row. */
public final class DatasetReader {
  private final Path events;
  private final DatasetSchema schema;
  private final Circuit circuit;
  private final List<String> columns;
  private final boolean[] mayBeEmpty;
  private final boolean[] mayBeEmptyIdle;

  private DatasetReader(Path events, DatasetSchema schema, Circuit circuit) {
    this.events = events;
    this.schema = schema;
    this.circuit = circuit;
    this.columns = DatasetColumns.values(circuit);
    this.mayBeEmpty = optional(false);
    this.mayBeEmptyIdle = optional(true);
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
    if (schema.format() < DatasetSchema.OLDEST_FORMAT || schema.format() > DatasetSchema.FORMAT) {
      throw new DatasetException(
          file
              + ": format: "
              + schema.format()
              + " (expected: "
              + DatasetSchema.OLDEST_FORMAT
              + " to "
              + DatasetSchema.FORMAT
              + ")");
    }
    check(file, "circuit", schema.circuit(), circuit.name());
    check(file, "labels_sha256", schema.labelsSha256(), LabelHash.of(folder));
    check(file, "columns", schema.columnNames(), DatasetColumns.all(circuit));
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
   * @throws DatasetException naming file, line, run and step of a row that is cut or garbled, and
   *     the column of a label that is missing or not finite
   */
  public void forEach(Consumer<DatasetRow> consumer) {
    long line = 1;
    String last = "the header";
    try (BufferedReader in = EarlierDataset.reader(events)) {
      check(events, "header", in.readLine(), String.join(",", schema.columnNames()));
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        line++;
        DatasetRow row = row(events + ":" + line + ": after " + last, text);
        consumer.accept(row);
        last = "run " + row.run() + ", step " + row.step();
      }
    } catch (IOException e) {
      throw new DatasetException(
          events
              + ":"
              + (line + 1)
              + ": after "
              + last
              + ": "
              + e.getMessage()
              + " (expected: "
              + schema.rows()
              + " rows)",
          e);
    }
    if (line - 1 != schema.rows()) {
      throw new DatasetException(
          events
              + ": ends after "
              + last
              + " with "
              + (line - 1)
              + " rows (expected: "
              + schema.rows()
              + ", the schema's)");
    }
  }

  /** The events of the runs below a number, as they are compared. */
  public List<EventRecord> events(int runs) {
    int output = columns.indexOf(circuit.output().name());
    int latency = columnIndex("latency_s");
    int energy = columnIndex("energy_j");
    int ends = columns.size() - circuit.states().size();
    List<EventRecord> records = new ArrayList<>();
    forEach(
        row -> {
          double[] v = row.values();
          if (row.run() < runs) {
            records.add(
                new EventRecord(
                    row.run(),
                    row.step(),
                    row.kind(),
                    row.periods(),
                    v[output],
                    v[energy],
                    v[latency],
                    Arrays.copyOfRange(v, ends, v.length)));
          }
        });
    return records;
  }

  private DatasetRow row(String where, String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != schema.columns().size()) {
      throw new DatasetException(
          where
              + ": a row of "
              + cells.length
              + " cells (expected: "
              + schema.columns().size()
              + "): "
              + line);
    }
    int run = (int) whole(where, cells, 0);
    long step = whole(where, cells, 1);
    EventKind kind;
    try {
      kind = EventKind.valueOf(cells[2]);
    } catch (IllegalArgumentException e) {
      throw new DatasetException(
          where + ": event: '" + cells[2] + "' (expected: one of E1, E2, E3)", e);
    }
    boolean[] optional = kind == EventKind.E3 ? mayBeEmptyIdle : mayBeEmpty;
    double[] values = new double[columns.size()];
    for (int k = 0; k < values.length; k++) {
      String cell = cells[k + DatasetColumns.KEYS.size()];
      values[k] = number(cell);
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
    return new DatasetRow(run, step, kind, whole(where, cells, 3), values);
  }

  private static long whole(String where, String[] cells, int index) {
    try {
      long value = Long.parseLong(cells[index]);
      if (value >= 0 && value <= Integer.MAX_VALUE) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, as a value out of range is.
    }
    throw new DatasetException(
        where
            + ": "
            + DatasetColumns.KEYS.get(index)
            + ": '"
            + cells[index]
            + "' (expected: a whole number)");
  }

  /** NaN for what is empty or no number. */
  private static double number(String cell) {
    try {
      return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private boolean[] optional(boolean isIdle) {
    var names = DatasetColumns.optional(circuit, isIdle);
    boolean[] flags = new boolean[columns.size()];
    for (int k = 0; k < flags.length; k++) {
      flags[k] = names.contains(columns.get(k));
    }
    return flags;
  }
}
