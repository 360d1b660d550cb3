package io.understudy.surrogate.forest;

import java.util.StringJoiner;

/**
 * Moves the thresholds of a LightGBM text model by less than a millionth of their size, each to the
 * largest value of a {@link FeatureKeys key}, so that the fast evaluation by keys takes every value
 * the same way as LightGBM does. What comes out is a model like any other.
 */
public final class ThresholdGrid {
  private static final String LINE = "threshold=";

  private ThresholdGrid() {}

  /**
   * The model with its thresholds moved. LightGBM checks the sizes of the trees' texts, which
   * change with the numbers: they are left out, as it allows.
   *
   * @param text LightGBM's text model
   */
  public static String snapped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.lines()
        .filter(line -> !line.startsWith("tree_sizes="))
        .forEach(line -> out.append(line.startsWith(LINE) ? thresholds(line) : line).append('\n'));
    return out.toString();
  }

  private static String thresholds(String line) {
    StringJoiner moved = new StringJoiner(" ", LINE, "");
    for (String number : line.substring(LINE.length()).split(" ")) {
      if (!number.isEmpty()) {
        moved.add(Double.toString(FeatureKeys.nextDividingKeys(Double.parseDouble(number))));
      }
    }
    return moved.toString();
  }
}
