package io.understudy.server.session;

import io.understudy.server.registry.ModelRegistry;

/**
 * What all sessions of a server share.
 *
 * @param serverName the server's name and version, for WELCOME
 * @param models the circuits that can be opened
 * @param backend what answers
 * @param listener watches the sessions
 * @param limits of each session
 * @param claims which connection each session belongs to
 * @param meter counts what they do
 */
public record SessionHost(
    String serverName,
    ModelRegistry models,
    BankBackend backend,
    SessionListener listener,
    SessionLimits limits,
    SessionMeter meter,
    SessionClaims claims) {
  /** The same with other circuits, for the sessions to come. */
  public SessionHost with(ModelRegistry others) {
    return new SessionHost(serverName, others, backend, listener, limits, meter, claims);
  }
}
