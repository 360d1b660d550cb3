package io.understudy.characterizer.ngspice;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Traces over one time axis, as ngspice accepted its points.
 *
 * <p>Immutable by agreement: the arrays are handed out as they are, for they are large.
 */
public final class Waveforms {
  private final double[] timeS;
  private final Map<String, double[]> vectors;

  /**
   * @param timeS ascending, in s
   * @param vectors by lower-case name, each as long as the time axis
   */
  public Waveforms(double[] timeS, Map<String, double[]> vectors) {
    this.timeS = timeS;
    this.vectors = new LinkedHashMap<>(vectors);
  }

  /** The time axis in s. */
  public double[] timeS() {
    return timeS;
  }

  /** Number of points. */
  public int size() {
    return timeS.length;
  }

  /**
   * A vector in V or A.
   *
   * @throws NgspiceException when there is none of that name
   */
  public double[] vector(String name) {
    double[] vector = vectors.get(name.toLowerCase(Locale.ROOT));
    if (vector == null) {
      throw new NgspiceException(
          "vector " + name + ": not in the results (expected: one of " + vectors.keySet() + ")");
    }
    return vector;
  }
}
