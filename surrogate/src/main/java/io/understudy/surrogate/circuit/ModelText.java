package io.understudy.surrogate.circuit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text of a models folder, read with a limit, so that no file can exhaust the memory. */
public final class ModelText {
  /** A description or a netlist. */
  static final int MAX_CIRCUIT_BYTES = 4 << 20;

  private ModelText() {}

  /**
   * Reads a file.
   *
   * @throws CircuitException when it is longer
   */
  public static String read(Path file, int maxBytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file, in, maxBytes);
    }
  }

  /**
   * Reads what a stream gives.
   *
   * @param file where it comes from, for the message
   * @throws CircuitException when it is longer
   */
  public static String read(Path file, InputStream in, int maxBytes) throws IOException {
    byte[] bytes = in.readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw new CircuitException(
          file + ": more than " + maxBytes + " bytes (expected: at most " + maxBytes + ")");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
