package io.understudy.cli.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Builds a simulation by a testbench's Makefile. */
public final class MakeTarget {
  private static final int TIMEOUT_MINUTES = 15;

  private MakeTarget() {}

  /**
   * Builds; what make says goes to a file.
   *
   * @param directory of the Makefile
   * @param target what is built
   * @param variables as {@code NAME=VALUE}
   * @throws SimulationException naming the file, when it fails
   */
  public static void build(Path directory, String target, List<String> variables, Path log)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("make", "-s", "-C", directory.toString()));
    command.addAll(variables);
    command.add(target);
    ProcessBuilder make =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      Process process = make.start();
      if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new SimulationException(
            target + " build: more than " + TIMEOUT_MINUTES + " minutes; log: " + log);
      }
      if (process.exitValue() != 0) {
        throw new SimulationException(
            target + " build: status " + process.exitValue() + " (expected: 0); log: " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SimulationException(target + " build: interrupted", e);
    }
  }
}
