package io.understudy.cli.chaos;

import io.understudy.cli.demo.DemoSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Many simulators at once on one server for some minutes. Some are killed at random; the server is
 * killed, and started again, in the first half of the time, and left alone in the second. What it
 * holds without any session, before the second half and after it, shows whether it leaks.
 */
final class Soak implements AutoCloseable {
  /** More would only wait for each other. */
  static final int MOST_SIMULATORS = 1_000;

  /**
   * The whole heap is resident from the start, so that what grows beside it shows; a full
   * collection leaves no dead object where it is, which would count as live.
   */
  private static final List<String> MACHINE =
      List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch", "-XX:MarkSweepDeadRatio=0");

  private static final int SERVER_KILLS = 4;
  private static final int LOOKS_UNDER_LOAD = 4;
  private static final long SAMPLE_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long REST_NS = TimeUnit.SECONDS.toNanos(30);

  /** Longer than a connection may linger. */
  private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(4);

  private final int simulators;
  private final long halfNs;
  private final long seed;
  private final Path work;
  private final Consumer<String> tell;
  private final String address;
  private final SoakCrowd crowd;
  private ServerProcess server;
  private long peakResidentBytes;
  private int looks;

  /**
   * Starts the server and runs the testbench undisturbed.
   *
   * @param system built for the simulator
   * @param simulators at once
   * @param minutes its length
   * @param work folder of this soak alone
   * @param tell is told what goes on line by line
   */
  Soak(
      DemoSystem system,
      DemoSystem.Kind kind,
      int simulators,
      double minutes,
      long seed,
      Path work,
      Consumer<String> tell)
      throws IOException {
    this.simulators = simulators;
    this.halfNs = (long) (minutes * TimeUnit.MINUTES.toNanos(1)) / 2;
    this.seed = seed;
    this.work = work;
    this.tell = tell;
    this.address = "unix:" + work.resolve("soak.sock");
    start();
    this.crowd = new SoakCrowd(system, kind, simulators, seed, address, work, tell);
  }

  /** Does it. */
  SoakFigures run() throws IOException {
    long startNs = System.nanoTime();
    crowd.start(startNs + halfNs);
    killServers(startNs);
    awaitCrowd();
    ServerFigures halfTime = rest();
    long againNs = System.nanoTime();
    crowd.start(againNs + halfNs);
    List<ServerFigures> underLoad = new ArrayList<>();
    for (int look = 1; look <= LOOKS_UNDER_LOAD; look++) {
      sampleUntil(againNs + look * (halfNs / (LOOKS_UNDER_LOAD + 1)));
      underLoad.add(look("under load"));
    }
    awaitCrowd();
    return new SoakFigures(
        2 * halfNs / (double) TimeUnit.MINUTES.toNanos(1),
        simulators,
        crowd.identical(),
        crowd.different(),
        crowd.killed(),
        crowd.neverBegun(),
        SERVER_KILLS,
        peakResidentBytes,
        halfTime,
        underLoad,
        rest());
  }

  private void start() throws IOException {
    List<String> serving = List.of("--listen", address, "--metrics", "127.0.0.1:0");
    server = ServerProcess.start(MACHINE, serving, work.resolve("server.log"));
  }

  /** In the first half of the time, at moments drawn from the seed. */
  private void killServers(long startNs) throws IOException {
    Random random = new Random(seed);
    long share = halfNs / SERVER_KILLS;
    for (int kill = 0; kill < SERVER_KILLS; kill++) {
      sampleUntil(startNs + kill * share + (long) (random.nextDouble() * share));
      crowd.served(false);
      server.kill();
      start();
      crowd.served(true);
      tell.accept(
          String.format(
              Locale.ROOT,
              "server killed and started again after %.0f s: %d runs so far",
              (System.nanoTime() - startNs) / 1e9,
              crowd.identical()));
    }
  }

  /** Waits, bounded, until each simulator's last run has ended. */
  private void awaitCrowd() throws IOException {
    long lastNs = System.nanoTime() + halfNs + TimeUnit.SECONDS.toNanos(SoakCrowd.RUN_S);
    while (crowd.isRunning() && System.nanoTime() < lastNs) {
      sample();
    }
    crowd.checkEnded();
  }

  /** Looks at the server when it has noticed, which it has bounded time for, that all have gone. */
  private ServerFigures rest() throws IOException {
    long lastNs = System.nanoTime() + REST_NS;
    while (ServerFigures.openSessions(server) > 0 && System.nanoTime() < lastNs) {
      LockSupport.parkNanos(SAMPLE_NS);
    }
    LockSupport.parkNanos(LINGER_NS);
    return look("at rest");
  }

  private ServerFigures look(String when) throws IOException {
    ServerFigures figures = ServerFigures.of(server, work.resolve("heap" + ++looks + ".txt"));
    tell.accept("server " + when + " after " + crowd.identical() + " runs: " + figures.told());
    return figures;
  }

  private void sampleUntil(long untilNs) throws IOException {
    while (System.nanoTime() < untilNs) {
      sample();
    }
  }

  /** Looks at the server's memory, once a second. */
  private void sample() throws IOException {
    LockSupport.parkNanos(SAMPLE_NS);
    peakResidentBytes =
        Math.max(peakResidentBytes, ProcessFigures.of(server.pid()).residentBytes());
  }

  @Override
  public void close() {
    crowd.close();
    server.close();
  }
}
