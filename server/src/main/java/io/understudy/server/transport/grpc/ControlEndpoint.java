package io.understudy.server.transport.grpc;

import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.understudy.proto.v1.ModelServiceGrpc;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerException;
import io.understudy.server.registry.ModelRegistry;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves ModelService, health and reflection. */
public final class ControlEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlEndpoint.class);
  private static final int STOP_TIMEOUT_MS = 2_000;

  private final Server server;
  private final HealthStatusManager health;
  private final ListenAddress.Tcp address;

  private ControlEndpoint(Server server, HealthStatusManager health, ListenAddress.Tcp address) {
    this.server = server;
    this.health = health;
    this.address = address;
  }

  /**
   * Starts to serve; health says SERVING, as the models are loaded.
   *
   * @throws ServerException when the address cannot be had
   */
  public static ControlEndpoint start(ListenAddress.Tcp address, ModelRegistry models) {
    HealthStatusManager health = new HealthStatusManager();
    try {
      Server server =
          NettyServerBuilder.forAddress(address.resolve())
              .addService(new ModelGrpcService(models))
              .addService(health.getHealthService())
              .addService(ProtoReflectionServiceV1.newInstance())
              .build()
              .start();
      health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
      health.setStatus(ModelServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
      return new ControlEndpoint(
          server, health, new ListenAddress.Tcp(address.host(), server.getPort()));
    } catch (IOException | IllegalArgumentException e) {
      throw new ServerException(
          "gRPC address: "
              + address.host()
              + ":"
              + address.port()
              + " (expected: one that can be"
              + " bound; "
              + e.getMessage()
              + ")",
          e);
    }
  }

  /** Where it serves, with the port that the system chose. */
  public ListenAddress.Tcp address() {
    return address;
  }

  /** Stops; calls under way have a bounded time to end. */
  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!server.awaitTermination(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
        if (!server.awaitTermination(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
          LOG.warn("event=stop_timed_out part=grpc timeout_ms={}", STOP_TIMEOUT_MS);
        }
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
