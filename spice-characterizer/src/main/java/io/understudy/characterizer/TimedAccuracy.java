package io.understudy.characterizer;

import io.understudy.surrogate.circuit.Characterization.Accuracy;
import io.understudy.surrogate.circuit.Circuit;

/**
 * How accurately ngspice simulates where its time is what counts: no better than a user would have
 * it. Training data and golden comparisons take the circuits' own, tighter options, which would
 * make a surrogate look faster than it is.
 */
public final class TimedAccuracy {
  private static final double RELTOL = 1e-4;
  private static final double EVENT_STEP_S = 0.2e-9;
  private static final double LEVEL_STEP_S = 0.1e-9;

  private TimedAccuracy() {}

  /** For a circuit: reltol 1e-4, largest step 0.2 ns with an event output, 0.1 ns with a level. */
  public static Accuracy of(Circuit circuit) {
    return new Accuracy(RELTOL, circuit.hasEventOutput() ? EVENT_STEP_S : LEVEL_STEP_S, "trap");
  }
}
