package io.understudy.characterizer.liberty;

import java.util.List;
import java.util.Map;

/**
 * What a Liberty file shows, beyond what the circuit says.
 *
 * @param axes two quantities; empty for those of the circuit
 * @param points values of an axis, at least 2
 * @param parameters values of parameters, in front of those of the circuit
 */
public record LibertyOptions(List<String> axes, int points, Map<String, Double> parameters) {
  /** As many as most libraries have. */
  public static final int POINTS = 7;

  /** More would be a table that no tool reads. */
  private static final int MOST_POINTS = 100;

  public LibertyOptions {
    axes = List.copyOf(axes);
    parameters = Map.copyOf(parameters);
    if (!axes.isEmpty() && (axes.size() != 2 || axes.get(0).equals(axes.get(1)))) {
      throw new LibertyException("axes: " + axes + " (expected: two names)");
    }
    if (points < 2 || points > MOST_POINTS) {
      throw new LibertyException("points: " + points + " (expected: 2 to " + MOST_POINTS + ")");
    }
  }

  /** The circuit's own. */
  public static LibertyOptions usual() {
    return new LibertyOptions(List.of(), POINTS, Map.of());
  }
}
