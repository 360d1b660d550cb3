package io.understudy.cli.chaos;

import io.understudy.cli.Home;
import io.understudy.cli.Main;
import io.understudy.cli.simulate.SimulationException;
import io.understudy.server.ListenAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server in a process of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
  /** A machine with much else to do takes its time. */
  private static final int START_TIMEOUT_S = 150;

  private static final int DRAIN_TIMEOUT_S = 20;

  private final Process process;
  private final ListenAddress address;

  private ServerProcess(Process process, ListenAddress address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts one and waits until it serves.
   *
   * @param listen {@code unix:PATH}, or {@code tcp:127.0.0.1:0}
   * @param log gets what it reports
   */
  static ServerProcess start(String listen, Path log) throws IOException {
    return start(listen, log, List.of());
  }

  /**
   * The same with more options of the virtual machine.
   *
   * @param options for example {@code -Xmx512m}
   */
  static ServerProcess start(String listen, Path log, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(options);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dunderstudy.home=" + Home.path("").toAbsolutePath(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "--models",
            Home.models().toAbsolutePath().toString(),
            "--listen",
            listen));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    try {
      String ready =
          CompletableFuture.supplyAsync(() -> readiness(process.inputReader()))
              .get(START_TIMEOUT_S, TimeUnit.SECONDS);
      return new ServerProcess(process, ListenAddress.parse(ready));
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new SimulationException("server: not ready (expected: ready; log: " + log + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new SimulationException("server: interrupted", e);
    }
  }

  /** The first address of the line {@code ready ADDRESS...}. */
  private static String readiness(BufferedReader output) {
    return output
        .lines()
        .filter(line -> line.startsWith("ready "))
        .map(line -> line.split(" ")[1])
        .findFirst()
        .orElseThrow(() -> new SimulationException("server: ended (expected: ready)"));
  }

  ListenAddress address() {
    return address;
  }

  /** {@code kill -9}; returns when it is dead. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** SIGTERM; returns when it has ended, which it must within its time to drain. */
  void terminate() {
    process.destroy();
    try {
      if (!process.waitFor(DRAIN_TIMEOUT_S, TimeUnit.SECONDS)) {
        throw new SimulationException(
            "server: still there (expected: ended within " + DRAIN_TIMEOUT_S + " s of SIGTERM)");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its process' number. */
  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    kill();
  }
}
