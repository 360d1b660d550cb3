package io.understudy.cli.chaos;

import io.understudy.cli.simulate.SimulationException;
import io.understudy.server.session.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a server holds, as its metrics, its virtual machine and the system say.
 *
 * @param openSessions sessions whose connection is open
 * @param heldSessions sessions, open or ended, that full collections leave in its heap
 * @param liveHeapBytes what full collections leave of its heap
 * @param residentBytes its resident memory
 * @param descriptors its open files and sockets
 */
record ServerFigures(
    long openSessions,
    long heldSessions,
    long liveHeapBytes,
    long residentBytes,
    long descriptors) {
  private static final String OPEN_SESSIONS = "understudy_sessions_open ";
  private static final String ALL_CLASSES = "Total ";
  private static final int COMMAND_TIMEOUT_S = 120;

  /**
   * Of a server that lives and serves its metrics; its heap is collected.
   *
   * @param histogram file that gets its live objects by class, for whoever looks for a leak
   */
  static ServerFigures of(ServerProcess server, Path histogram) throws IOException {
    long sessions = openSessions(server);
    collect(server.pid(), histogram);
    ProcessFigures process = ProcessFigures.of(server.pid());
    return new ServerFigures(
        sessions,
        heldSessions(histogram),
        liveHeapBytes(histogram),
        process.residentBytes(),
        process.descriptors());
  }

  /** Sessions whose connection is open, as the server's metrics say. */
  static long openSessions(ServerProcess server) throws IOException {
    URI metrics = URI.create("http://" + server.address("http:").substring(5) + "/metrics");
    try (BufferedReader text =
        new BufferedReader(
            new InputStreamReader(metrics.toURL().openStream(), StandardCharsets.UTF_8))) {
      return (long) Double.parseDouble(value(text.lines(), OPEN_SESSIONS, metrics.toString()));
    }
  }

  /** Twice: what is unreachable at first may hold more until it is cleaned up. */
  private static void collect(long pid, Path histogram) throws IOException {
    machine(pid, "GC.run", histogram);
    machine(pid, "GC.class_histogram", histogram);
  }

  /** A line has a class's place, its objects, their bytes and its name. */
  private static long heldSessions(Path histogram) throws IOException {
    try (Stream<String> lines = Files.lines(histogram, StandardCharsets.UTF_8)) {
      return lines
          .map(line -> line.trim().split("\\s+"))
          .filter(words -> words.length > 3 && words[3].equals(Session.class.getName()))
          .mapToLong(words -> Long.parseLong(words[1]))
          .sum();
    }
  }

  /** The last line has the objects and the bytes of all classes. */
  private static long liveHeapBytes(Path histogram) throws IOException {
    try (Stream<String> lines = Files.lines(histogram, StandardCharsets.UTF_8)) {
      String total = value(lines, ALL_CLASSES, histogram.toString());
      return Long.parseLong(total.substring(total.lastIndexOf(' ') + 1));
    }
  }

  private static void machine(long pid, String command, Path output) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(List.of(jcmd.toString(), Long.toString(pid), command))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(COMMAND_TIMEOUT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new SimulationException(
            "jcmd " + command + ": not done (expected: status 0; output: " + output + ")");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SimulationException("jcmd " + command + ": interrupted", e);
    }
  }

  private static String value(Stream<String> lines, String name, String source) {
    return lines
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).trim())
        .findFirst()
        .orElseThrow(
            () -> new SimulationException(source + ": no line (expected: " + name.trim() + ")"));
  }

  /** For people. */
  String told() {
    return String.format(
        Locale.ROOT,
        "%d sessions (%d held), live heap %.1f MB, memory %d MB, %d descriptors",
        openSessions,
        heldSessions,
        liveHeapBytes / 1e6,
        residentBytes >> 20,
        descriptors);
  }
}
