package io.understudy.server.session;

import io.understudy.surrogate.circuit.Circuit;

/**
 * A bank that a session opens.
 *
 * @param session the session's number
 * @param bank the bank's number in it
 * @param path the bank's path in the simulator
 * @param circuit the circuit
 * @param instances its instances
 * @param parameters the values of each instance by the circuit's parameter columns; rows may be
 *     shared, read only
 */
public record BankOpening(
    long session, int bank, String path, Circuit circuit, int instances, double[][] parameters) {}
