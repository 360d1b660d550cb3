package io.understudy.characterizer.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The first runs of a dataset as a dataset of its own; the rows are the same to the byte. */
public final class DatasetExcerpt {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private DatasetExcerpt() {}

  /**
   * Copies the first runs; a dataset in the target is replaced.
   *
   * @param from a complete dataset
   * @param to folder of the excerpt, which is made
   * @param runs how many, at least 1; all where there are fewer
   * @throws DatasetException naming the file that is no part of a dataset
   */
  public static void copy(Path from, Path to, int runs) {
    Path schemaFile = from.resolve(DatasetSchema.FILE);
    int copied = Math.min(runs, DatasetSchema.read(schemaFile).runs());
    try {
      Files.createDirectories(to);
      long rows =
          rows(from.resolve(DatasetWriter.EVENTS), to.resolve(DatasetWriter.EVENTS), copied);
      // Whatever else the schema says holds for the excerpt, too.
      ObjectNode schema = (ObjectNode) MAPPER.readTree(schemaFile.toFile());
      schema.put("runs", copied).put("rows", rows);
      Files.writeString(
          to.resolve(DatasetSchema.FILE), schema.toPrettyString() + "\n", StandardCharsets.UTF_8);
    } catch (IOException | NumberFormatException e) {
      throw new DatasetException(from + ": " + e.getMessage(), e);
    }
  }

  private static long rows(Path from, Path to, int runs) throws IOException {
    long rows = 0;
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(from)), StandardCharsets.UTF_8));
        Writer out =
            new OutputStreamWriter(
                new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(to))),
                StandardCharsets.UTF_8)) {
      out.write(in.readLine() + "\n");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (Integer.parseInt(line.substring(0, Math.max(0, line.indexOf(',')))) >= runs) {
          break;
        }
        out.write(line + "\n");
        rows++;
      }
    }
    return rows;
  }
}
