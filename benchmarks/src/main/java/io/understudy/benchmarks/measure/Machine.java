package io.understudy.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Where and on what a benchmark ran.
 *
 * @param cpu the processor's name
 * @param cores that the virtual machine sees
 * @param kernel Linux' version
 * @param java the virtual machine's
 * @param commit of the product's tree; "unknown" outside of one
 * @param date in ISO form
 */
public record Machine(
    String cpu, int cores, String kernel, String java, String commit, String date) {
  /** This one. */
  public static Machine here(BenchOptions options) {
    return new Machine(
        readCpu(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        readCommit(options),
        LocalDate.now().toString());
  }

  private static String readCpu() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String readCommit(BenchOptions options) {
    try {
      String tree = options.home().toAbsolutePath().toString();
      return BenchProcess.lastLine(
          List.of("git", "-C", tree, "describe", "--always", "--dirty"),
          options.work().resolve("git.log"),
          Map.of());
    } catch (BenchException e) {
      return "unknown";
    }
  }
}
