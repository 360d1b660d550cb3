package io.understudy.server.registry;

import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.predict.Surrogate;

/**
 * A circuit that can be served.
 *
 * @param folder the circuit
 * @param surrogate its newest surrogate; null in a registry of circuits alone
 */
public record ModelEntry(CircuitFolder folder, Surrogate surrogate) {
  /** The circuit's name. */
  public String name() {
    return folder.circuit().name();
  }
}
