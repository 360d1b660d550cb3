package io.understudy.testbenches;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Damages a copy of a surrogate in a way that no loading sees. */
final class DamagedSurrogate {
  private static final double FACTOR = 1.5;

  private DamagedSurrogate() {}

  /**
   * Makes the last predictor's predictions, the energies of idle stretches, half as large again.
   *
   * @param version the surrogate's folder
   */
  static void in(Path version) throws IOException {
    Path manifest = version.resolve("surrogate.json");
    String text = Files.readString(manifest);
    int at = text.lastIndexOf("\"scale\" : ") + "\"scale\" : ".length();
    int end = text.indexOf(',', at);
    double scale = FACTOR * Double.parseDouble(text.substring(at, end));
    Files.writeString(manifest, text.substring(0, at) + scale + text.substring(end));
  }
}
