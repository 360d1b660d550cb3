package io.understudy.cli.simulate;

import io.understudy.server.ListenAddress;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Runs a simulator, with the server's address in its environment. */
public final class Simulator {
  private Simulator() {}

  /**
   * What a run was.
   *
   * @param status the simulator's exit status
   * @param summaryJson the shim's summary, or null when the session was not closed
   * @param elapsedNs wall time in ns
   */
  public record Result(int status, String summaryJson, long elapsedNs) {}

  /** Hears what a simulator prints. */
  @FunctionalInterface
  public interface LineListener {
    /**
     * Called for each line when it comes.
     *
     * @param elapsedNs since the simulator's start
     */
    void line(String text, long elapsedNs);
  }

  /**
   * Runs a simulator to its end.
   *
   * @param command program and arguments
   * @param directory where it runs
   * @param log its output goes there, or null: to this program's own output
   * @throws SimulationException when it cannot be started
   */
  public static Result run(List<String> command, Path directory, ListenAddress server, Path log) {
    return run(command, directory, server, OptionalInt.empty(), log);
  }

  /**
   * Runs a simulator to its end.
   *
   * @param timeoutMs how long the shim waits for an answer; empty for its own default. What the
   *     environment says already goes before
   */
  public static Result run(
      List<String> command, Path directory, ListenAddress server, OptionalInt timeoutMs, Path log) {
    return run(command, directory, server, timeoutMs, log, null);
  }

  /**
   * Runs a simulator to its end and listens.
   *
   * @param log its output goes there; with a listener there must be one
   * @param listener null for none
   */
  public static Result run(
      List<String> command,
      Path directory,
      ListenAddress server,
      OptionalInt timeoutMs,
      Path log,
      LineListener listener) {
    try {
      Path summary = Files.createTempFile("understudy-summary", ".json");
      Files.delete(summary);
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
      builder
          .environment()
          .putAll(
              Map.of(
                  "UNDERSTUDY_SERVER",
                  server.toString(),
                  "UNDERSTUDY_SUMMARY",
                  summary.toString()));
      if (timeoutMs.isPresent()) {
        builder
            .environment()
            .putIfAbsent("UNDERSTUDY_TIMEOUT_MS", Integer.toString(timeoutMs.getAsInt()));
      }
      // Icarus stops at a $stop or a fatal signal to ask what to do next: nobody is there to
      // answer.
      builder.redirectInput(new java.io.File("/dev/null"));
      if (log == null) {
        builder.inheritIO().redirectInput(new java.io.File("/dev/null"));
      } else {
        builder.redirectErrorStream(true);
        if (listener == null) {
          builder.redirectOutput(log.toFile());
        }
      }
      long start = System.nanoTime();
      Process process = builder.start();
      Thread killer = new Thread(process::destroyForcibly);
      Runtime.getRuntime().addShutdownHook(killer);
      if (listener != null) {
        listen(process, start, log, listener);
      }
      int status = process.waitFor();
      long elapsedNs = System.nanoTime() - start;
      Runtime.getRuntime().removeShutdownHook(killer);
      String json = Files.exists(summary) ? Files.readString(summary) : null;
      Files.deleteIfExists(summary);
      return new Result(status, json, elapsedNs);
    } catch (IOException e) {
      throw new SimulationException("simulator: " + command.get(0) + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SimulationException("simulator: " + command.get(0) + ": interrupted", e);
    }
  }

  private static void listen(Process process, long start, Path log, LineListener listener)
      throws IOException {
    try (BufferedReader reader = process.inputReader();
        BufferedWriter writer = Files.newBufferedWriter(log)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        listener.line(line, System.nanoTime() - start);
        writer.write(line);
        writer.newLine();
      }
    }
  }

  /** Seconds of a duration in ns. */
  public static double seconds(long ns) {
    return ns / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
