package io.understudy.characterizer.dataset;

import io.understudy.characterizer.extract.GoldenEvent;
import io.understudy.characterizer.stimulus.InputSchedule;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a dataset: a part file for each run as it finishes, in any order and from any thread, and
 * in the end one table of all. Parts of an earlier attempt with the same circuit, seed and options
 * are kept and need not be made again.
 */
public final class DatasetWriter {
  /** The table's file name. */
  public static final String EVENTS = "events.csv.gz";

  private static final String PARTS = "parts";

  /** Finer than ngspice computes, shorter than all digits of a double. */
  private static final MathContext MEASURED = new MathContext(10, RoundingMode.HALF_EVEN);

  private final Path directory;
  private final Path parts;
  private final DatasetSchema schema;

  /** Left empty in an idle stretch between pulses. */
  private final int inputColumns;

  private DatasetWriter(Path directory, DatasetSchema schema, int inputColumns) {
    this.directory = directory;
    this.parts = directory.resolve(PARTS);
    this.schema = schema;
    this.inputColumns = inputColumns;
  }

  /**
   * Opens a folder for writing. A complete dataset in it stays until the new one is; the runs that
   * both have are taken over from it.
   *
   * @param schema all but the number of rows
   * @param inputColumns number of scalar inputs of the circuit
   */
  public static DatasetWriter open(Path directory, DatasetSchema schema, int inputColumns)
      throws IOException {
    DatasetWriter writer = new DatasetWriter(directory, schema, inputColumns);
    Files.createDirectories(writer.parts);
    Path partsSchema = writer.parts.resolve(DatasetSchema.FILE);
    if (!Files.exists(partsSchema) || !DatasetSchema.read(partsSchema).drawsTheSameRunsAs(schema)) {
      writer.deleteParts();
      Files.createDirectories(writer.parts);
      schema.write(partsSchema);
    }
    EarlierDataset earlier = EarlierDataset.of(directory, schema);
    if (earlier != null) {
      earlier.forEach(writer::takeOver);
    }
    return writer;
  }

  private void takeOver(int run, String rows) throws IOException {
    if (run < schema.runs() && !has(run)) {
      Path draft = draft(run);
      Files.writeString(draft, rows);
      Files.move(draft, part(run), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Whether a run's part is there already. */
  public boolean has(int run) {
    return Files.isRegularFile(part(run));
  }

  /**
   * Writes a run's part.
   *
   * @param parameters a value a column
   * @throws DatasetException naming run and step, when a label is not finite
   */
  public void write(int run, List<Double> parameters, List<GoldenEvent> events) throws IOException {
    Path draft = draft(run);
    try (Writer out = Files.newBufferedWriter(draft)) {
      for (GoldenEvent event : events) {
        out.write(row(run, parameters, event));
      }
    }
    Files.move(draft, part(run), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Joins the parts in ascending order of their runs, and says so in {@code schema.json}. */
  public DatasetSchema complete() throws IOException {
    long rows = 0;
    Path draft = directory.resolve(EVENTS + ".draft");
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)), 1 << 16),
            StandardCharsets.UTF_8)) {
      out.write(String.join(",", schema.columnNames()) + "\n");
      for (int run = 0; run < schema.runs(); run++) {
        try (BufferedReader in = Files.newBufferedReader(part(run))) {
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.write(line + "\n");
            rows++;
          }
        }
      }
    }
    // Without its schema a table is no dataset: never one with another's.
    Files.deleteIfExists(directory.resolve(DatasetSchema.FILE));
    Files.move(draft, directory.resolve(EVENTS), StandardCopyOption.REPLACE_EXISTING);
    DatasetSchema complete = schema.withRows(rows);
    complete.write(directory.resolve(DatasetSchema.FILE));
    deleteParts();
    return complete;
  }

  private Path draft(int run) {
    return parts.resolve(String.format(Locale.ROOT, "run-%06d.draft", run));
  }

  private Path part(int run) {
    return parts.resolve(String.format(Locale.ROOT, "run-%06d.csv", run));
  }

  private void deleteParts() throws IOException {
    try (var files = Files.list(parts)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(parts);
  }

  private String row(int run, List<Double> parameters, GoldenEvent event) {
    InputSchedule.Interval interval = event.interval();
    StringBuilder row = new StringBuilder();
    row.append(run).append(',').append(interval.step()).append(',').append(event.kind());
    row.append(',').append(interval.periods());
    if (interval.values().isEmpty()) {
      row.append(",".repeat(inputColumns));
    } else {
      given(row, interval.values());
    }
    given(row, interval.previous());
    given(row, parameters);
    String where = "run " + run + ", step " + interval.step();
    for (double state : event.statesStart()) {
      measured(row, state, where);
    }
    measured(row, event.output(), where);
    if (Double.isNaN(event.latencyS())) {
      row.append(',');
    } else {
      measured(row, event.latencyS(), where);
    }
    measured(row, event.energyJ(), where);
    for (double energyJ : event.alsoJ()) {
      measured(row, energyJ, where);
    }
    if (!Double.isNaN(event.referenceJ())) {
      measured(row, event.referenceJ(), where);
    }
    for (double state : event.statesEnd()) {
      measured(row, state, where);
    }
    return row.append('\n').toString();
  }

  private static void given(StringBuilder row, List<Double> values) {
    values.forEach(value -> row.append(',').append(value == 0 ? "0" : shortest(value)));
  }

  private static String shortest(double value) {
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static void measured(StringBuilder row, double value, String where) {
    if (!Double.isFinite(value)) {
      throw new DatasetException(where + ": label " + value + " (expected: a finite value)");
    }
    row.append(',').append(new BigDecimal(value).round(MEASURED).stripTrailingZeros());
  }
}
