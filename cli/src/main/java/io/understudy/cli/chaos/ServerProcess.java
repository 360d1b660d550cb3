package io.understudy.cli.chaos;

import io.understudy.cli.Home;
import io.understudy.cli.Main;
import io.understudy.cli.simulate.SimulationException;
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
  private final List<String> addresses;

  private ServerProcess(Process process, List<String> addresses) {
    this.process = process;
    this.addresses = addresses;
  }

  /**
   * Starts one and waits until it serves.
   *
   * @param machine options of the virtual machine, for example {@code -Xmx512m}
   * @param serving options of {@code serve}: where it listens
   * @param log gets what it reports
   */
  static ServerProcess start(List<String> machine, List<String> serving, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(machine);
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
            Home.models().toAbsolutePath().toString()));
    command.addAll(serving);
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    try {
      String ready =
          CompletableFuture.supplyAsync(() -> readiness(process.inputReader()))
              .get(START_TIMEOUT_S, TimeUnit.SECONDS);
      return new ServerProcess(process, List.of(ready.split(" ")));
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new SimulationException("server: not ready (expected: ready; log: " + log + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new SimulationException("server: interrupted", e);
    }
  }

  /** The line {@code ready ADDRESS...}. */
  private static String readiness(BufferedReader output) {
    return output
        .lines()
        .filter(line -> line.startsWith("ready "))
        .findFirst()
        .orElseThrow(() -> new SimulationException("server: ended (expected: ready)"));
  }

  /**
   * Where it serves.
   *
   * @param scheme what the address begins with, for example {@code tcp:}
   */
  String address(String scheme) {
    return addresses.stream()
        .filter(address -> address.startsWith(scheme))
        .findFirst()
        .orElseThrow(
            () ->
                new SimulationException(
                    "server: " + addresses + " (expected: an address of " + scheme + ")"));
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
