package io.understudy.benchmarks.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program beside the benchmark, spoken to in lines; every wait ends after a minute. */
public final class BenchProcess implements AutoCloseable {
  private static final long TIMEOUT_S = 60;

  private final String name;
  private final Process process;
  private final BufferedReader output;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "bench-reader");
            thread.setDaemon(true);
            return thread;
          });

  private BenchProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts a program whose error stream goes to a file. */
  public static BenchProcess start(List<String> command, Path errors, Map<String, String> more) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(more);
    try {
      return new BenchProcess(command.get(0), builder.start());
    } catch (IOException e) {
      throw new BenchException(command.get(0) + ": " + e.getMessage() + " (expected: to start)", e);
    }
  }

  /** The command of a program of this product's, bound to a core. */
  public static List<String> java(int core, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", String.valueOf(core)));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(arguments);
    return command;
  }

  /** The core that measurements bind both ends to: the last, as the first serves interrupts. */
  public static int core() {
    return Runtime.getRuntime().availableProcessors() - 1;
  }

  /** The next line. */
  public String line() {
    Future<String> line = reader.submit(output::readLine);
    try {
      String text = line.get(TIMEOUT_S, TimeUnit.SECONDS);
      if (text == null) {
        throw new BenchException(name + ": ended (expected: a line)");
      }
      return text;
    } catch (TimeoutException | ExecutionException e) {
      throw new BenchException(name + ": no line in " + TIMEOUT_S + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException(name + ": interrupted", e);
    }
  }

  /** Sends a line and reads the next. */
  public String ask(String question) {
    try {
      process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new BenchException(name + ": " + e.getMessage() + " (expected: to be asked)", e);
    }
    return line();
  }

  /** Runs a program to its end; its output's last line. */
  public static String lastLine(List<String> command, Path errors, Map<String, String> more) {
    try (BenchProcess program = start(command, errors, more)) {
      Future<String> last =
          program.reader.submit(() -> program.output.lines().reduce("", (one, next) -> next));
      String text = last.get(5 * TIMEOUT_S, TimeUnit.SECONDS);
      if (!program.process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)
          || program.process.exitValue() != 0) {
        throw new BenchException(
            String.join(" ", command) + ": failed (expected: status 0; see " + errors + ")");
      }
      return text;
    } catch (TimeoutException | ExecutionException e) {
      throw new BenchException(String.join(" ", command) + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException(String.join(" ", command) + ": interrupted", e);
    }
  }

  /** Ends the program: by the end of its input, or else by force. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    reader.shutdownNow();
  }
}
