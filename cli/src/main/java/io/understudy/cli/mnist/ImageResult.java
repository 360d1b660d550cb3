package io.understudy.cli.mnist;

import io.understudy.cli.simulate.SimulationException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the testbench said of one image.
 *
 * @param image its number
 * @param label the digit that it shows
 * @param digit what the system took it for
 * @param startPs when it was handed over, in ps
 * @param endPs when the result was there, in ps
 * @param scores sums or counts of the ten outputs, in hexadecimal
 */
record ImageResult(int image, int label, int digit, long startPs, long endPs, String scores) {
  private static final Pattern LINE =
      Pattern.compile("IMAGE (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) ([0-9a-f]+)");

  /** Those of all images in a simulation's output. */
  static List<ImageResult> read(List<String> lines) {
    return lines.stream().filter(ImageResult::isOne).map(ImageResult::parse).toList();
  }

  /** Whether a line of the testbench tells of an image. */
  static boolean isOne(String line) {
    return line.startsWith("IMAGE ");
  }

  private static ImageResult parse(String line) {
    Matcher m = LINE.matcher(line);
    if (!m.matches()) {
      throw new SimulationException(
          "testbench: " + line + " (expected: IMAGE number label digit start_ps end_ps scores)");
    }
    return new ImageResult(
        Integer.parseInt(m.group(1)),
        Integer.parseInt(m.group(2)),
        Integer.parseInt(m.group(3)),
        Long.parseLong(m.group(4)),
        Long.parseLong(m.group(5)),
        m.group(6));
  }

  /** Whether the system was right. */
  boolean isRight() {
    return label == digit;
  }

  /** From hand-over to result, in s. */
  double latencyS() {
    return (endPs - startPs) * 1e-12;
  }

  /** Mean over images of {@link #latencyS}. */
  static double meanLatencyS(List<ImageResult> images) {
    return images.stream().mapToDouble(ImageResult::latencyS).average().orElseThrow();
  }
}
