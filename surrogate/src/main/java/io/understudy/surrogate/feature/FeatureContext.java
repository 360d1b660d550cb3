package io.understudy.surrogate.feature;

/**
 * What a feature may look at when it is computed: windows into arrays that belong to the caller,
 * and the event's scalars. Reused from event to event.
 */
public final class FeatureContext {
  /** Input values of the event, from {@code inputsAt}. */
  public double[] inputs;

  public int inputsAt;

  /** Held inputs before the event (held inputs only), from {@code previousAt}. */
  public double[] previous;

  public int previousAt;

  /** States at the event's start in V, from {@code statesAt}. */
  public double[] states;

  public int statesAt;

  /** States at the event's end in V, from {@code nextAt}, as far as they are known. */
  public double[] next;

  public int nextAt;

  /** The instance's parameters, from {@code parametersAt}. */
  public double[] parameters;

  public int parametersAt;

  /**
   * The instance's constants, as {@link FeatureProgram#instance} computed them, from {@code
   * constantsAt}.
   */
  public double[] constants;

  public int constantsAt;

  /** Length of the idle stretch in periods (E3). */
  public double periods;

  /** Latency of the output in s. */
  public double latency;

  /** The output: volts or number of events. */
  public double output;
}
