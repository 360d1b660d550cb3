package io.understudy.characterizer.baseline;

/**
 * Events as a baseline sees them.
 *
 * @param features one row an event, all of the same width
 * @param targets one an event, in the quantity's unit; 1 or 0 for a decision
 */
public record Sample(double[][] features, double[] targets) {
  public Sample {
    if (features.length != targets.length) {
      throw new IllegalArgumentException(
          "targets: " + targets.length + " (expected: " + features.length + ", one a row)");
    }
  }

  /** Number of events. */
  public int rows() {
    return targets.length;
  }
}
