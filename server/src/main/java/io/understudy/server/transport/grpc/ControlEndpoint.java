package io.understudy.server.transport.grpc;

import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.handler.ssl.SslProvider;
import io.understudy.proto.v1.CrossingServiceGrpc;
import io.understudy.proto.v1.ModelServiceGrpc;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerException;
import io.understudy.server.access.Access;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.server.transport.Reception;
import io.understudy.server.transport.netty.TlsContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves ModelService, CrossingService, health and reflection. */
public final class ControlEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlEndpoint.class);
  private static final int STOP_TIMEOUT_MS = 2_000;

  /** A client whose host has vanished is found out within so long. */
  private static final int KEEPALIVE_S = 60;

  /** A message is a frame with the bytes that say so. */
  private static final int MESSAGE_BYTES = 64;

  private final Server server;
  private final HealthStatusManager health;
  private final CrossingGrpcService crossings;
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;
  private final ListenAddress.Tcp address;

  private ControlEndpoint(
      ListenAddress.Tcp wanted, Supplier<ModelRegistry> models, Reception reception, Access access)
      throws IOException {
    InetSocketAddress at = wanted.resolve();
    access.check("grpc:" + wanted.hostPort(), at.getAddress(), access.certificates().isPresent());
    // As many sessions are evaluated at once as there are cores; the others wait their turn.
    workers =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(), threads("grpc-session"));
    timer = Executors.newSingleThreadScheduledExecutor(threads("grpc-timer"));
    health = new HealthStatusManager();
    crossings = new CrossingGrpcService(reception, timer);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(at)
            .executor(workers)
            .maxInboundMessageSize(reception.limits().frameBytes() + MESSAGE_BYTES)
            .keepAliveTime(KEEPALIVE_S, TimeUnit.SECONDS)
            .intercept(new TokenInterceptor(reception))
            .addService(new ModelGrpcService(models))
            .addService(crossings)
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance());
    access
        .certificates()
        .ifPresent(
            files ->
                builder.sslContext(
                    TlsContext.of(files, b -> GrpcSslContexts.configure(b, SslProvider.JDK))));
    try {
      server = builder.build().start();
    } catch (IOException | RuntimeException e) {
      workers.shutdownNow();
      timer.shutdownNow();
      throw e;
    }
    address =
        new ListenAddress.Tcp(wanted.host(), server.getPort(), access.certificates().isPresent());
  }

  private static ThreadFactory threads(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Starts to serve; health says SERVING, as the models are loaded.
   *
   * @param models the circuits as they are now
   * @param reception lets simulators in
   * @param access with certificates, TLS is spoken
   * @throws ServerException when the address cannot be had
   */
  public static ControlEndpoint start(
      ListenAddress.Tcp address,
      Supplier<ModelRegistry> models,
      Reception reception,
      Access access) {
    try {
      ControlEndpoint endpoint = new ControlEndpoint(address, models, reception, access);
      endpoint.say(ServingStatus.SERVING);
      return endpoint;
    } catch (IOException | IllegalArgumentException e) {
      throw new ServerException(
          "gRPC address: "
              + address.hostPort()
              + " (expected: one that can be bound; "
              + e.getMessage()
              + ")",
          e);
    }
  }

  private void say(ServingStatus status) {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(ModelServiceGrpc.SERVICE_NAME, status);
    health.setStatus(CrossingServiceGrpc.SERVICE_NAME, status);
  }

  /** Where it serves, with the port that the system chose. */
  public ListenAddress.Tcp address() {
    return address;
  }

  /** Says that it does not serve, and asks sessions to end once their answers are sent. */
  public void drain() {
    health.enterTerminalState();
    crossings.drain();
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
    timer.shutdownNow();
    workers.shutdown();
  }
}
