package io.understudy.surrogate.circuit;

/** Tells whether an event starts unsettled, from the states at its start. Immutable. */
public final class UnsettledStart {
  private final Unsettled unsettled;
  private final int state;

  public UnsettledStart(Circuit circuit) {
    this.unsettled = circuit.unsettled();
    this.state = unsettled == null ? -1 : circuit.stateNames().indexOf(unsettled.state());
  }

  /** Whether the circuit has such events. */
  public boolean isPossible() {
    return unsettled != null;
  }

  /**
   * Whether an event is unsettled.
   *
   * @param values holds the states at its start, in V, in the circuit's order
   * @param statesAt index of the first
   */
  public boolean at(double[] values, int statesAt) {
    return unsettled != null && values[statesAt + state] > unsettled.above();
  }
}
