package io.understudy.cli.serve;

import io.understudy.cli.ExitStatus;
import io.understudy.cli.ModelsOption;
import io.understudy.cli.UsageException;
import io.understudy.cli.golden.BackendOption;
import io.understudy.cli.golden.GoldenBackend;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.session.SessionListener;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code understudy serve}: the server, until it is stopped. */
@Command(
    name = "serve",
    description = "Serves the models until it is stopped.",
    sortOptions = false)
public final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description =
          "where simulators connect: unix:PATH, tcp:HOST:PORT or tls:HOST:PORT; may be repeated (default: unix:understudy.sock)")
  private List<String> listen = List.of("unix:understudy.sock");

  @Option(
      names = "--grpc",
      paramLabel = "HOST:PORT",
      description = "where gRPC is served: models, health, crossings (default: not)")
  private String grpc;

  @Option(
      names = "--metrics",
      paramLabel = "HOST:PORT",
      description = "where /metrics and /ready are served over HTTP (default: not)")
  private String metrics;

  @Mixin private ModelsOption models;

  @Mixin private LimitOptions limits;

  @Mixin private AccessOptions access;

  @Mixin private BackendOption backend;

  @Override
  public Integer call() throws InterruptedException {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    Path folder = models.folder();
    ServerConfig config =
        ServerConfig.of(
                folder, listen.stream().map(ServeCommand::address).toArray(ListenAddress[]::new))
            .withLimits(limits.session(), limits.serving())
            .withAccess(access.access());
    if (grpc != null) {
      config = config.withGrpc(hostPort("--grpc", grpc));
    }
    if (metrics != null) {
      config = config.withMetrics(hostPort("--metrics", metrics));
    }
    GoldenBackend answers = backend.open();
    UnderstudyServer server = UnderstudyServer.start(config, answers, SessionListener.NONE);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  answers.close();
                  stopped.countDown();
                }));
    server
        .models()
        .entries()
        .forEach(
            m ->
                System.out.println(
                    "model " + m.name() + " version " + m.surrogate().source().version()));
    server
        .models()
        .refusals()
        .forEach(
            (name, reason) ->
                System.err.println("understudy: model " + name + " refused: " + reason));
    StringBuilder line = new StringBuilder("ready");
    server.addresses().forEach(address -> line.append(' ').append(address));
    server
        .grpcAddress()
        .ifPresent(
            address ->
                line.append(address.encrypted() ? " grpcs:" : " grpc:").append(address.hostPort()));
    server.metricsAddress().ifPresent(address -> line.append(" http:").append(address.hostPort()));
    System.out.println(line);
    System.out.flush();
    stopped.await();
    return ExitStatus.OK;
  }

  private static ListenAddress address(String text) {
    try {
      return ListenAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--listen: " + e.getMessage());
    }
  }

  private static ListenAddress.Tcp hostPort(String option, String text) {
    try {
      return ListenAddress.parseHostPort(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }
}
