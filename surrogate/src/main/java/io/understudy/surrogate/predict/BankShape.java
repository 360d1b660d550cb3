package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.Circuit;

/**
 * How a circuit's inputs reach a bank.
 *
 * @param sharedInputs whether all instances see the same inputs
 * @param heldInputs whether inputs hold until they change
 */
record BankShape(boolean sharedInputs, boolean heldInputs) {
  static BankShape of(Circuit circuit) {
    return new BankShape(circuit.hasSharedInputs(), circuit.hasHeldInputs());
  }
}
