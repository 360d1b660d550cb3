package io.understudy.surrogate.circuit;

/**
 * When a circuit has not settled from the output before: events without an output that start so
 * have predictors of their own, since they are few and quite different from the others.
 *
 * @param state the state that tells
 * @param above its value in V from which on an event's start is unsettled
 */
public record Unsettled(String state, double above) {
  public Unsettled {
    Check.word("unsettled.state", state);
    Check.finite("unsettled.above", above);
  }
}
