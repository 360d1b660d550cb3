package io.understudy.characterizer.compare;

import io.understudy.surrogate.circuit.Quantity;

/**
 * A quantity as it was measured.
 *
 * @param quantity what
 * @param value in closed loop
 * @param oracle with ngspice's states at each event's start; null where that was not measured
 * @param limit the tolerance
 */
public record Measurement(Quantity quantity, double value, Double oracle, double limit) {
  /** Whether the value keeps the tolerance. */
  public boolean passed() {
    return quantity.keeps(value, limit);
  }

  /** For people: {@code spike_f1: 0.5 (expected: at least 0.88)}. */
  public String text() {
    return quantity.key()
        + ": "
        + value
        + " (expected: "
        + (quantity.atLeast() ? "at least " : "at most ")
        + limit
        + ")";
  }
}
