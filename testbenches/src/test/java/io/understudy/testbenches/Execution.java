package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that has ended.
 *
 * @param status its exit status
 * @param output what it wrote, standard output and standard error together
 */
record Execution(int status, String output) {
  /**
   * Runs a program to its end.
   *
   * @param environment variables beside the inherited ones
   * @param limit fails the test when the program takes longer
   */
  static Execution of(
      Path directory, Map<String, String> environment, Duration limit, String... command) {
    return of(directory, environment, limit, List.of(command));
  }

  /** The same with a list. */
  static Execution of(
      Path directory, Map<String, String> environment, Duration limit, List<String> command) {
    try {
      Path log = Files.createTempFile("execution", ".log");
      try {
        Process process = start(directory, environment, log, command);
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          fail(command + ": still running after " + limit + ":\n" + Files.readString(log));
        }
        return new Execution(process.exitValue(), Files.readString(log));
      } finally {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(command + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command + ": interrupted", e);
    }
  }

  private static Process start(
      Path directory, Map<String, String> environment, Path log, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    return builder
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
