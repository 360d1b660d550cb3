package io.understudy.characterizer.ngspice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads ngspice's binary raw file of one real transient: a header of text lines, then the points,
 * each a little-endian double a variable, time first.
 */
public final class RawFile {
  private static final int MAX_LINE = 4096;

  private final Path file;
  private final ByteBuffer bytes;
  private int points = -1;
  private int variables = -1;

  private RawFile(Path file, ByteBuffer bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * Reads a file.
   *
   * @throws NgspiceException naming the file and what is wrong in it
   */
  public static Waveforms read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new NgspiceException(
            file + ": " + channel.size() + " bytes (expected: at most " + Integer.MAX_VALUE + ")");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Reads until the buffer is full or the file ends.
      }
      bytes.flip();
      return new RawFile(file, bytes).waveforms();
    }
  }

  private Waveforms waveforms() {
    List<String> names = header();
    long size = (long) points * variables * Double.BYTES;
    if (bytes.remaining() != size) {
      throw error(
          "data", bytes.remaining() + " bytes", size + ", " + points + " points x " + variables);
    }
    double[][] columns = new double[variables][points];
    ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    for (int point = 0; point < points; point++) {
      for (int variable = 0; variable < variables; variable++) {
        columns[variable][point] = data.getDouble();
      }
    }
    Map<String, double[]> vectors = new LinkedHashMap<>();
    for (int variable = 1; variable < variables; variable++) {
      vectors.put(names.get(variable), columns[variable]);
      checkFinite(names.get(variable), columns[0], columns[variable]);
    }
    checkTime(columns[0]);
    return new Waveforms(columns[0], vectors);
  }

  private List<String> header() {
    List<String> names = new ArrayList<>();
    while (true) {
      String line = line();
      if (line.equals("Binary:")) {
        break;
      } else if (line.startsWith("Flags:") && !line.contains("real")) {
        throw error("Flags", line.substring(6).trim(), "real");
      } else if (line.startsWith("No. Variables:")) {
        variables = count(line);
      } else if (line.startsWith("No. Points:")) {
        points = count(line);
      } else if (line.equals("Variables:")) {
        for (int variable = 0; variable < variables; variable++) {
          names.add(line().trim().split("\\s+")[1].toLowerCase(Locale.ROOT));
        }
      } else if (line.equals("Values:")) {
        throw error("format", "ASCII", "binary");
      }
    }
    if (points < 1 || names.isEmpty() || !names.get(0).equals("time")) {
      throw error("header", points + " points of " + names, "points, time first");
    }
    return names;
  }

  private String line() {
    int start = bytes.position();
    while (bytes.hasRemaining() && bytes.position() - start < MAX_LINE) {
      if (bytes.get() == '\n') {
        byte[] line = new byte[bytes.position() - 1 - start];
        bytes.get(start, line);
        return new String(line, StandardCharsets.ISO_8859_1);
      }
    }
    throw error("header", "no end at byte " + bytes.position(), "a line Binary:");
  }

  private int count(String line) {
    String text = line.substring(line.indexOf(':') + 1).trim();
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw error("header", line, "a number");
    }
  }

  private void checkFinite(String name, double[] timeS, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw error(name + " at " + timeS[i] + " s", values[i], "a finite value");
      }
    }
  }

  private void checkTime(double[] timeS) {
    for (int i = 1; i < timeS.length; i++) {
      if (!(timeS[i] >= timeS[i - 1])) {
        throw error("time of point " + i, timeS[i], "at least " + timeS[i - 1]);
      }
    }
  }

  private NgspiceException error(String thing, Object value, String expected) {
    return new NgspiceException(
        file.getFileName() + ": " + thing + ": " + value + " (expected: " + expected + ")");
  }
}
