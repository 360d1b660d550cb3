package io.understudy.cli.chaos;

import io.understudy.cli.demo.DemoSystem;
import io.understudy.cli.simulate.SimulationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one run of the shipped testbench gave.
 *
 * @param status the simulator's exit status; -1 when it did not end in time
 * @param trace the outputs, energies and latencies
 * @param waveform the VCD file without its date
 * @param summary the shim's summary as JSON, empty when there is none
 * @param diagnosis the shim's last line, empty when there is none
 */
record TestbenchRun(int status, byte[] trace, byte[] waveform, String summary, String diagnosis) {
  private static final long TIMEOUT_MS = 240_000;
  private static final Pattern DATE = Pattern.compile("\\$date.*?\\$end", Pattern.DOTALL);

  /**
   * Runs it.
   *
   * @param directory gets its files
   * @param server its address, as {@code UNDERSTUDY_SERVER} takes it
   * @param settings more of the environment
   */
  static TestbenchRun of(
      DemoSystem system,
      DemoSystem.Kind kind,
      Path directory,
      String server,
      Map<String, String> settings)
      throws IOException {
    return of(system, kind, directory, server, settings, TIMEOUT_MS);
  }

  /**
   * The same with a time after which the simulator is killed.
   *
   * @param timeoutMs that time, in ms
   */
  static TestbenchRun of(
      DemoSystem system,
      DemoSystem.Kind kind,
      Path directory,
      String server,
      Map<String, String> settings,
      long timeoutMs)
      throws IOException {
    Files.createDirectories(directory);
    Path log = directory.resolve("log");
    Path summary = directory.resolve("summary.json");
    for (String file : new String[] {"trace.txt", "wave.vcd", "summary.json"}) {
      Files.deleteIfExists(directory.resolve(file));
    }
    ProcessBuilder builder =
        // Relative paths: the waveform shows them.
        new ProcessBuilder(system.command(kind, Path.of(".")))
            .directory(directory.toFile())
            .redirectInput(new java.io.File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("UNDERSTUDY_SERVER", server);
    builder.environment().put("UNDERSTUDY_SUMMARY", summary.toString());
    builder.environment().putAll(settings);
    Process process = builder.start();
    int status = -1;
    try {
      if (process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
        status = process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SimulationException(kind + ": interrupted", e);
    } finally {
      process.destroyForcibly();
    }
    String diagnosis =
        Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
            .filter(line -> line.startsWith("understudy: "))
            .filter(line -> !line.startsWith("understudy: summary"))
            .reduce("", (first, second) -> second);
    return new TestbenchRun(
        status,
        bytes(directory.resolve("trace.txt")),
        undated(bytes(directory.resolve("wave.vcd"))),
        Files.exists(summary) ? Files.readString(summary) : "",
        diagnosis);
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  private static byte[] undated(byte[] vcd) {
    Matcher date = DATE.matcher(new String(vcd, StandardCharsets.ISO_8859_1));
    return date.replaceFirst("").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What differs from an undisturbed run; empty where nothing does. */
  String difference(TestbenchRun undisturbed) {
    StringBuilder differences = new StringBuilder();
    note(differences, "status " + status, status == undisturbed.status);
    note(differences, "trace", Arrays.equals(trace, undisturbed.trace));
    note(differences, "waveform", Arrays.equals(waveform, undisturbed.waveform));
    note(differences, "summary", summary.equals(undisturbed.summary));
    return differences.toString();
  }

  private static void note(StringBuilder differences, String what, boolean same) {
    if (!same) {
      differences.append(differences.isEmpty() ? "" : ", ").append(what);
    }
  }

  /** Whether the server was gone before the run had a session: there was nothing to resume. */
  boolean neverBegan() {
    boolean isUnmet = diagnosis.contains("no server at") || diagnosis.contains("no session yet");
    return status == 3 && isUnmet && !diagnosis.contains("not resumed");
  }

  /** Whether the run ended as one must whose server is lost: status 3, and a line that says why. */
  boolean isDiagnosed() {
    // Before a bank is open it has no time yet: its circuit is named.
    boolean hasPlace = diagnosis.contains(" at ") || diagnosis.contains("(circuit ");
    return status == 3 && diagnosis.contains("last good frame") && hasPlace;
  }
}
