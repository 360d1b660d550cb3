package io.understudy.characterizer.ngspice;

import io.understudy.characterizer.deck.Deck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs {@code ngspice -b} on a deck in a directory of the run's own. Safe for many threads. */
public final class Ngspice {
  /** File names within a run's directory. */
  public static final String DECK = "deck.cir";

  public static final String RAW = "run.raw";
  public static final String LOG = "ngspice.log";

  private static final Pattern VERSION = Pattern.compile("ngspice-(\\S+)");
  private static final Pattern TIME = Pattern.compile("time = ([0-9.]+(?:e[+-]?[0-9]+)?)");
  private static final double END_TOLERANCE = 1e-9;
  private static final long VERSION_TIMEOUT_S = 20;
  private static final long KILL_TIMEOUT_S = 10;

  private Ngspice() {}

  /**
   * Simulates a deck.
   *
   * @param run how errors name the run
   * @param directory an empty directory; holds the deck, the raw file and the log afterwards
   * @param timeoutMs after which ngspice is killed
   * @throws NgspiceException naming the run, when the transient is not complete
   */
  public static Waveforms simulate(String run, Deck deck, Path directory, long timeoutMs)
      throws IOException, InterruptedException {
    Files.writeString(directory.resolve(DECK), deck.text());
    // Read before the deck is: with OpenMP's default of many threads ngspice is far slower.
    Files.writeString(directory.resolve(".spiceinit"), "set num_threads=1\n");
    Path raw = directory.resolve(RAW);
    ProcessBuilder builder =
        new ProcessBuilder("ngspice", "-b", "-r", RAW, DECK)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(LOG).toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().remove("SPICE_ASCIIRAWFILE");
    int status = waitFor(run, start(builder), timeoutMs);
    checkAnalysis(run, deck, directory);
    if (!Files.isRegularFile(raw)) {
      throw new NgspiceException(run + ": ngspice wrote no result: " + lastMessage(directory));
    }
    Waveforms waveforms;
    try {
      waveforms = RawFile.read(raw);
    } catch (NgspiceException e) {
      throw new NgspiceException(
          run + ": " + e.getMessage() + "; ngspice: " + lastMessage(directory), e);
    }
    double endS = waveforms.timeS()[waveforms.size() - 1];
    if (endS < deck.stopS() * (1 - END_TOLERANCE)) {
      throw new NgspiceException(
          run
              + ": ends at "
              + endS
              + " s (expected: "
              + deck.stopS()
              + " s); ngspice: "
              + lastMessage(directory),
          endS);
    }
    if (status != 0) {
      throw new NgspiceException(
          run + ": ngspice's exit status " + status + " (expected: 0): " + lastMessage(directory));
    }
    return waveforms;
  }

  /** An analysis that was given up leaves a raw file, too: what the log says of it says more. */
  private static void checkAnalysis(String run, Deck deck, Path directory) throws IOException {
    Optional<String> abandoned =
        log(directory).stream().filter(line -> line.startsWith("doAnalyses: ")).findFirst();
    if (abandoned.isPresent()) {
      Matcher at = TIME.matcher(abandoned.get());
      throw new NgspiceException(
          run
              + ": does not converge (expected: a transient to "
              + deck.stopS()
              + " s); ngspice: "
              + abandoned.get(),
          at.find() ? Double.parseDouble(at.group(1)) : Double.NaN);
    }
  }

  /**
   * The version of the ngspice on the path, "39" for example.
   *
   * @throws NgspiceException when there is none
   */
  public static String version() throws IOException, InterruptedException {
    Process process = start(new ProcessBuilder("ngspice", "--version").redirectErrorStream(true));
    process.getOutputStream().close();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readNBytes(1 << 16), StandardCharsets.UTF_8);
      waitFor("ngspice --version", process, TimeUnit.SECONDS.toMillis(VERSION_TIMEOUT_S));
      Matcher matcher = VERSION.matcher(text);
      if (!matcher.find()) {
        throw new NgspiceException("ngspice --version: no version in: " + text);
      }
      return matcher.group(1);
    }
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new NgspiceException(
          "ngspice: cannot be started: " + e.getMessage() + " (expected: ngspice on the PATH)", e);
    }
  }

  private static int waitFor(String run, Process process, long timeoutMs)
      throws InterruptedException {
    try {
      if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
        throw new NgspiceException(
            run + ": ngspice still runs after " + timeoutMs + " ms (expected: an end by then)");
      }
      return process.exitValue();
    } finally {
      // Gone before its directory is: it must not write into what is being deleted.
      process.destroyForcibly().waitFor(KILL_TIMEOUT_S, TimeUnit.SECONDS);
    }
  }

  private static String lastMessage(Path directory) throws IOException {
    return Complaint.of(log(directory));
  }

  private static List<String> log(Path directory) throws IOException {
    return Files.readAllLines(directory.resolve(LOG), StandardCharsets.ISO_8859_1).stream()
        .map(String::trim)
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
