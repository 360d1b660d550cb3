package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program that runs beside the test; closing it kills it. */
final class RunningProgram implements AutoCloseable {
  private static final int KILL_S = 20;

  private final Process process;
  private final Thread reader;
  private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  private RunningProgram(Process process) {
    this.process = process;
    this.reader = new Thread(() -> read(process.inputReader()), "program-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a program.
   *
   * @param environment variables beside the inherited ones
   */
  static RunningProgram start(Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new RunningProgram(builder.start());
  }

  private void read(BufferedReader output) {
    try (output) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        unread.add(line);
      }
    } catch (IOException e) {
      unread.add("output lost: " + e.getMessage());
    }
  }

  /** Waits for a line that starts so; fails the test when none comes. */
  String await(String start, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (long left = limit.toNanos(); left > 0; left = end - System.nanoTime()) {
      String line = unread.poll(Math.min(left, 100_000_000), TimeUnit.NANOSECONDS);
      if (line != null) {
        seen.add(line);
        if (line.startsWith(start)) {
          return line;
        }
      }
      assertTrue(
          line != null || reader.isAlive() || !unread.isEmpty(), () -> "ended after: " + seen);
    }
    throw new AssertionError(
        "no line that starts with " + start + " within " + limit + ": " + seen);
  }

  /** Number of its process. */
  long pid() {
    return process.pid();
  }

  /** Kills it at once, as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertTrue(process.waitFor(KILL_S, TimeUnit.SECONDS), "killed, but still there");
  }

  /** Asks it to stop, as {@code kill} does. */
  void terminate() {
    process.destroy();
  }

  /** Waits for its end; fails the test when it goes on. */
  Execution end(Duration limit) throws InterruptedException {
    assertTrue(
        process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS),
        () -> "still running after " + limit + ": " + seen);
    reader.join(limit.toMillis());
    unread.drainTo(seen);
    return new Execution(process.exitValue(), String.join("\n", seen));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
