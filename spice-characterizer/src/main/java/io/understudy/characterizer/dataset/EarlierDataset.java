package io.understudy.characterizer.dataset;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A complete dataset in the folder of a new one; what it holds need not be simulated again. */
final class EarlierDataset {
  /** Takes a run's rows, each with its line's end. */
  @FunctionalInterface
  interface Runs {
    void accept(int run, String rows) throws IOException;
  }

  private final Path events;
  private final DatasetSchema schema;

  private EarlierDataset(Path events, DatasetSchema schema) {
    this.events = events;
    this.schema = schema;
  }

  /** The folder's dataset, if it is complete and its runs are those of a schema; null else. */
  static EarlierDataset of(Path directory, DatasetSchema wanted) {
    Path file = directory.resolve(DatasetSchema.FILE);
    if (!Files.isRegularFile(file)) {
      return null;
    }
    DatasetSchema schema = DatasetSchema.read(file);
    return schema.drawsTheSameRunsAs(wanted)
        ? new EarlierDataset(directory.resolve(DatasetWriter.EVENTS), schema)
        : null;
  }

  /**
   * Hands over all runs in order.
   *
   * @throws DatasetException before any run is handed over, when the table is damaged
   */
  void forEach(Runs runs) throws IOException {
    try {
      read((run, rows) -> {});
    } catch (IOException | IllegalArgumentException e) {
      throw new DatasetException(
          events
              + ": damaged: "
              + e.getMessage()
              + " (expected: the dataset that schema.json describes; remove the folder to"
              + " characterize anew)",
          e);
    }
    read(runs);
  }

  private void read(Runs runs) throws IOException {
    long count = 0;
    try (BufferedReader in = reader(events)) {
      in.readLine();
      StringBuilder rows = new StringBuilder();
      String current = null;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String run = line.substring(0, Math.max(0, line.indexOf(',')));
        if (current != null && !run.equals(current)) {
          runs.accept(Integer.parseInt(current), rows.toString());
          rows.setLength(0);
        }
        current = run;
        rows.append(line).append('\n');
        count++;
      }
      if (current != null) {
        runs.accept(Integer.parseInt(current), rows.toString());
      }
    }
    if (count != schema.rows()) {
      throw new IOException(count + " rows instead of " + schema.rows());
    }
  }

  /** Opens a table of events for reading line by line. */
  static BufferedReader reader(Path events) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(events)), 1 << 16),
            StandardCharsets.UTF_8));
  }
}
