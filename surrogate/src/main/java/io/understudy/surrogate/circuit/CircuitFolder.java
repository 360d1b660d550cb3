package io.understudy.surrogate.circuit;

import java.nio.file.Path;

/**
 * A circuit with the folder it was read from.
 *
 * @param directory the folder
 * @param circuit the description
 * @param sha256 hash of the description and the netlist with all that it includes, in hexadecimal;
 *     a surrogate names the hash of the circuit it was trained for
 */
public record CircuitFolder(Path directory, Circuit circuit, String sha256) {
  /** The netlist's path. */
  public Path netlist() {
    return directory.resolve(circuit.netlist());
  }
}
