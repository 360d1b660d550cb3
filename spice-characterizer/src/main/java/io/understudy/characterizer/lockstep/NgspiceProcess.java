package io.understudy.characterizer.lockstep;

import io.understudy.characterizer.deck.Corners;
import io.understudy.characterizer.deck.LockstepDeck;
import io.understudy.characterizer.ngspice.Complaint;
import io.understudy.characterizer.ngspice.NgspiceException;
import io.understudy.characterizer.ngspice.Waveforms;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One transient of one circuit in a process of its own. Gives the points that ngspice accepts, from
 * one boundary to the next.
 */
final class NgspiceProcess implements AutoCloseable {
  private static final int POINTS = 1;
  private static final int FAILURE = 2;
  private static final int HEAD_BYTES = 8;

  /** File name of the deck in its folder. */
  static final String DECK = "deck.cir";

  private static final String LOG = "driver.log";
  private static final long KILL_TIMEOUT_S = 10;

  private final LockstepDeck deck;
  private final Path directory;
  private final Watchdog watchdog;
  private final Process process;
  private final OutputStream commands;
  private final InputStream answers;

  /** The last accepted point: its time and the vectors. */
  private double[] last;

  private NgspiceProcess(LockstepDeck deck, Path directory, Watchdog watchdog, Process process) {
    this.deck = deck;
    this.directory = directory;
    this.watchdog = watchdog;
    this.process = process;
    this.commands = process.getOutputStream();
    this.answers = new BufferedInputStream(process.getInputStream(), 1 << 16);
  }

  /**
   * Starts a process and finds the operating point.
   *
   * @param driver the program
   * @param directory of its own, exists; the deck lies there
   * @throws NgspiceException with ngspice's own words
   */
  static NgspiceProcess start(
      Path driver, LockstepDeck deck, Path directory, Watchdog watchdog, long timeoutMs)
      throws IOException {
    Files.writeString(directory.resolve(DECK), deck.text());
    if (!Files.isExecutable(driver)) {
      throw new NgspiceException(
          "lock-step driver: "
              + driver
              + ": missing (expected: built by ./understudy or make -C spice-characterizer)");
    }
    ProcessBuilder builder =
        new ProcessBuilder(driver.toAbsolutePath().toString(), DECK)
            .directory(directory.toFile())
            .redirectError(directory.resolve(LOG).toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    NgspiceProcess started = new NgspiceProcess(deck, directory, watchdog, builder.start());
    try {
      started.setUp(timeoutMs);
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
    return started;
  }

  /** Where the deck lies. */
  Path deckFile() {
    return directory.resolve(DECK);
  }

  private void setUp(long timeoutMs) {
    StringBuilder lines = new StringBuilder();
    for (LockstepDeck.Source source : deck.sources()) {
      lines.append("source ").append(source.name()).append(' ').append(source.initial());
      lines.append('\n');
    }
    for (String vector : deck.vectors()) {
      lines.append("probe ").append(LockstepDeck.libraryName(vector)).append('\n');
    }
    lines.append("run\n");
    double[][] points = exchange(lines.toString().getBytes(StandardCharsets.US_ASCII), timeoutMs);
    last = points[points.length - 1];
  }

  /**
   * Simulates on.
   *
   * @param corners the inputs' waveforms from the time reached on
   * @param endS where it stops
   * @return the traces from the time reached to {@code endS}
   * @throws NgspiceException with ngspice's own words, or saying that the process ended or does not
   *     answer; the process is no more after it
   */
  Waveforms advance(Corners corners, double endS, long timeoutMs) {
    if (endS >= deck.stopS()) {
      throw new NgspiceException(
          "transient: longer than " + deck.stopS() + " s (expected: an end by then)");
    }
    int times = corners.timeS().length;
    ByteBuffer command =
        ByteBuffer.allocate(16 + Double.BYTES * times * (1 + corners.values().length))
            .order(ByteOrder.nativeOrder());
    command.putDouble(endS).putInt(times).putInt(0);
    for (double at : corners.timeS()) {
      command.putDouble(at);
    }
    for (double[] source : corners.values()) {
      for (double value : source) {
        command.putDouble(value);
      }
    }
    double[] before = last;
    double[][] points = exchange(command.array(), timeoutMs);
    last = points[points.length - 1];
    return waveforms(before, points);
  }

  private Waveforms waveforms(double[] before, double[][] points) {
    double[][] columns = new double[before.length][points.length + 1];
    for (int column = 0; column < columns.length; column++) {
      columns[column][0] = before[column];
      for (int k = 0; k < points.length; k++) {
        columns[column][k + 1] = points[k][column];
      }
    }
    Map<String, double[]> vectors = new LinkedHashMap<>();
    for (int v = 0; v < deck.vectors().size(); v++) {
      vectors.put(deck.vectors().get(v), columns[v + 1]);
    }
    return new Waveforms(columns[0], vectors);
  }

  private double[][] exchange(byte[] request, long timeoutMs) {
    try (Watchdog.Watch watch = watchdog.over(process, timeoutMs)) {
      try {
        commands.write(request);
        commands.flush();
        return answer();
      } catch (IOException e) {
        throw watch.expired()
            ? new NgspiceException(
                "ngspice: no answer after " + timeoutMs + " ms (expected: one by then)")
            : new NgspiceException("ngspice: its process ended: " + lastWords());
      }
    }
  }

  private double[][] answer() throws IOException {
    ByteBuffer head = read(HEAD_BYTES);
    int kind = head.getInt();
    int count = head.getInt();
    if (kind == FAILURE) {
      throw failure(new String(read(count).array(), StandardCharsets.ISO_8859_1));
    }
    if (kind != POINTS || count < 1) {
      throw new NgspiceException(
          "lock-step driver: answer " + kind + " of " + count + " (expected: points)");
    }
    int width = 1 + deck.vectors().size();
    ByteBuffer bytes = read(count * width * Double.BYTES);
    double[][] points = new double[count][width];
    for (double[] point : points) {
      for (int k = 0; k < width; k++) {
        point[k] = bytes.getDouble();
      }
      check(point);
    }
    return points;
  }

  private void check(double[] point) {
    for (int k = 0; k < point.length; k++) {
      if (!Double.isFinite(point[k])) {
        throw new NgspiceException(
            (k == 0 ? "time" : deck.vectors().get(k - 1))
                + " at "
                + point[0]
                + " s: "
                + point[k]
                + " (expected: a finite value)");
      }
    }
  }

  private ByteBuffer read(int bytes) throws IOException {
    byte[] read = answers.readNBytes(bytes);
    if (read.length < bytes) {
      throw new EOFException();
    }
    return ByteBuffer.wrap(read).order(ByteOrder.nativeOrder());
  }

  private static NgspiceException failure(String text) {
    List<String> lines = text.lines().map(String::trim).filter(line -> !line.isEmpty()).toList();
    return new NgspiceException(
        "at " + lines.get(0) + " s, ngspice: " + Complaint.of(lines.subList(1, lines.size())));
  }

  private String lastWords() {
    try {
      process.waitFor(KILL_TIMEOUT_S, TimeUnit.SECONDS);
      String status = process.isAlive() ? "closed its pipe" : "exit status " + process.exitValue();
      List<String> log =
          Arrays.stream(Files.readString(directory.resolve(LOG)).split("\n"))
              .map(String::trim)
              .filter(line -> !line.isEmpty())
              .toList();
      return log.isEmpty() ? status : status + ", " + Complaint.of(log);
    } catch (IOException e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /** CPU time so far in ns, in steps of some ms; 0 once it has ended. */
  long cpuNs() {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  /**
   * Ends the process; what it was about to write is lost. Its CPU time counts among that of the
   * children that have ended.
   */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(KILL_TIMEOUT_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
