package io.understudy.server;

import io.understudy.server.session.SessionLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server does.
 *
 * @param listen where it serves crossings, at least one address
 * @param grpc where it serves the control plane; none if empty
 * @param models the models folder
 * @param limits of each session
 * @param maxSessions most sessions at once
 * @param helloTimeoutMs how long a connection may take to say HELLO
 */
public record ServerConfig(
    List<ListenAddress> listen,
    Optional<ListenAddress.Tcp> grpc,
    Path models,
    SessionLimits limits,
    int maxSessions,
    int helloTimeoutMs) {
  private static final int DEFAULT_MAX_SESSIONS = 1_024;
  private static final int DEFAULT_HELLO_TIMEOUT_MS = 10_000;

  public ServerConfig {
    listen = List.copyOf(listen);
    if (listen.isEmpty()) {
      throw new ServerException("addresses: none (expected: " + ListenAddress.FORMS + ")");
    }
    if (maxSessions < 1 || helloTimeoutMs < 1) {
      throw new ServerException(
          "maxSessions and helloTimeoutMs: "
              + maxSessions
              + " and "
              + helloTimeoutMs
              + " (expected: at least 1)");
    }
  }

  /** A server with the usual limits and no control plane. */
  public static ServerConfig of(Path models, ListenAddress... listen) {
    return new ServerConfig(
        List.of(listen),
        Optional.empty(),
        models,
        SessionLimits.DEFAULT,
        DEFAULT_MAX_SESSIONS,
        DEFAULT_HELLO_TIMEOUT_MS);
  }

  /** The same with a control plane. */
  public ServerConfig withGrpc(ListenAddress.Tcp address) {
    return new ServerConfig(
        listen, Optional.of(address), models, limits, maxSessions, helloTimeoutMs);
  }

  /** The same with other limits. */
  public ServerConfig withLimits(SessionLimits other, int sessions, int helloMs) {
    return new ServerConfig(listen, grpc, models, other, sessions, helloMs);
  }
}
