package io.understudy.server;

import io.understudy.server.access.Access;
import io.understudy.server.session.SessionLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server does.
 *
 * @param listen where it serves crossings, at least one address
 * @param grpc where it serves gRPC: the control plane and crossings; none if empty
 * @param metrics where it serves metrics and readiness over HTTP; none if empty
 * @param models the models folder
 * @param limits of each session
 * @param serving limits of all sessions and of each connection
 * @param access who may reach it
 */
public record ServerConfig(
    List<ListenAddress> listen,
    Optional<ListenAddress.Tcp> grpc,
    Optional<ListenAddress.Tcp> metrics,
    Path models,
    SessionLimits limits,
    ServingLimits serving,
    Access access) {
  public ServerConfig {
    listen = List.copyOf(listen);
    if (listen.isEmpty()) {
      throw new ServerException("addresses: none (expected: " + ListenAddress.FORMS + ")");
    }
  }

  /** A server with the usual limits, on the addresses alone. */
  public static ServerConfig of(Path models, ListenAddress... listen) {
    return new ServerConfig(
        List.of(listen),
        Optional.empty(),
        Optional.empty(),
        models,
        SessionLimits.DEFAULT,
        ServingLimits.DEFAULT,
        Access.LOCAL);
  }

  /** The same with gRPC. */
  public ServerConfig withGrpc(ListenAddress.Tcp address) {
    return new ServerConfig(listen, Optional.of(address), metrics, models, limits, serving, access);
  }

  /** The same with metrics. */
  public ServerConfig withMetrics(ListenAddress.Tcp address) {
    return new ServerConfig(listen, grpc, Optional.of(address), models, limits, serving, access);
  }

  /** The same with other limits. */
  public ServerConfig withLimits(SessionLimits session, ServingLimits server) {
    return new ServerConfig(listen, grpc, metrics, models, session, server, access);
  }

  /** The same for others. */
  public ServerConfig withAccess(Access other) {
    return new ServerConfig(listen, grpc, metrics, models, limits, serving, other);
  }
}
