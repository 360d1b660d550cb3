package io.understudy.cli.chaos;

import io.understudy.cli.demo.DemoSystem;
import io.understudy.cli.simulate.SimulationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Many simulators at once on one server for some minutes. Some are killed at random; the server is
 * killed, and started again, in the first half of the time, and left alone in the second, so that
 * what it might leak shows.
 */
final class Soak {
  /** More would only wait for each other. */
  static final int MOST_SIMULATORS = 1_000;

  private static final Map<String, String> SETTINGS =
      Map.of("UNDERSTUDY_CHECKPOINT_BYTES", "16384", "UNDERSTUDY_DEADLINE_S", "200");

  private static final List<String> SERVER_OPTIONS = List.of("-Xmx512m");
  private static final long MOST_RESIDENT_BYTES = 1L << 30;
  private static final int MOST_LEFT_DESCRIPTORS = 4;
  private static final int KILLED_ONE_IN = 8;
  private static final int KILL_WITHIN_MS = 8_000;
  private static final int SERVER_KILLS = 4;
  private static final long SAMPLE_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long DRAIN_S = 600;

  private final DemoSystem system;
  private final DemoSystem.Kind kind;
  private final int simulators;
  private final long lengthNs;
  private final long seed;
  private final Path work;
  private final AtomicLong identical = new AtomicLong();
  private final AtomicLong different = new AtomicLong();
  private final AtomicLong killed = new AtomicLong();
  private final AtomicLong neverBegun = new AtomicLong();
  private final List<Long> residentBytes = new ArrayList<>();
  private long peakResidentBytes;
  private volatile long endNs;
  private volatile boolean serving;
  private ServerProcess server;
  private int serverKills;

  /**
   * What came of it.
   *
   * @param minutes its length
   * @param identical runs whose waveform, trace and summary are those of an undisturbed run
   * @param different runs whose are not
   * @param killedSimulators simulators that were killed
   * @param neverBegun runs whose server was killed before it had greeted them
   * @param killedServers times that the server was killed
   * @param peakResidentBytes the most memory that a server had
   * @param firstHalfResidentBytes the most that the last server had in the first half of its life
   * @param secondHalfResidentBytes and in the second
   * @param descriptorsBefore an idle server's open files
   * @param descriptorsAfter the last server's when its last simulator had gone
   */
  record Figures(
      double minutes,
      int simulators,
      long identical,
      long different,
      long killedSimulators,
      long neverBegun,
      int killedServers,
      long peakResidentBytes,
      long firstHalfResidentBytes,
      long secondHalfResidentBytes,
      long descriptorsBefore,
      long descriptorsAfter) {
    /** Whether all is as it must be. */
    boolean passed() {
      return different == 0
          && identical > 0
          && peakResidentBytes < MOST_RESIDENT_BYTES
          && descriptorsAfter - descriptorsBefore <= MOST_LEFT_DESCRIPTORS;
    }

    String told() {
      return String.format(
          Locale.ROOT,
          "soak: %.1f min, %d simulators at once: %d runs identical, %d different, %d not begun; %d simulators"
              + " and %d servers killed; server's memory at most %d MB (the last one's: %d MB in"
              + " its first half, %d MB in its second); its descriptors %d before, %d after: %s",
          minutes,
          simulators,
          identical,
          different,
          neverBegun,
          killedSimulators,
          killedServers,
          peakResidentBytes >> 20,
          firstHalfResidentBytes >> 20,
          secondHalfResidentBytes >> 20,
          descriptorsBefore,
          descriptorsAfter,
          passed() ? "passed" : "FAILED");
    }
  }

  Soak(
      DemoSystem system,
      DemoSystem.Kind kind,
      int simulators,
      double minutes,
      long seed,
      Path work) {
    this.system = system;
    this.kind = kind;
    this.simulators = simulators;
    this.lengthNs = (long) (minutes * TimeUnit.MINUTES.toNanos(1));
    this.seed = seed;
    this.work = work;
  }

  /** Does it; tells what goes on line by line. */
  Figures run(Consumer<String> tell) throws IOException {
    Path socket = work.resolve("soak.sock");
    String address = "unix:" + socket;
    start(address);
    ExecutorService threads = Executors.newFixedThreadPool(simulators);
    try {
      TestbenchRun undisturbed =
          TestbenchRun.of(system, kind, work.resolve("undisturbed"), address, SETTINGS);
      if (undisturbed.status() != 0 || undisturbed.summary().isEmpty()) {
        throw new SimulationException(
            kind + " undisturbed: status " + undisturbed.status() + " (expected: 0 and a summary)");
      }
      long before = ProcessFigures.of(server.pid()).descriptors();
      long startNs = System.nanoTime();
      endNs = startNs + lengthNs;
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < simulators; i++) {
        int number = i;
        all.add(threads.submit(() -> simulate(number, address, undisturbed, tell)));
      }
      killServers(startNs, address, tell);
      await(all);
      LockSupport.parkNanos(SAMPLE_NS);
      long after = ProcessFigures.of(server.pid()).descriptors();
      return figures(before, after);
    } finally {
      threads.shutdownNow();
      server.close();
    }
  }

  private void start(String address) throws IOException {
    residentBytes.clear();
    server =
        ServerProcess.start(
            SERVER_OPTIONS, List.of("--listen", address), work.resolve("server.log"));
    serving = true;
  }

  /** One simulator after the other, until the time is over. */
  private Void simulate(int number, String address, TestbenchRun undisturbed, Consumer<String> tell)
      throws IOException {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L + number);
    Path folder = Files.createDirectories(work.resolve("sim" + number));
    while (System.nanoTime() < endNs) {
      if (!serving) {
        LockSupport.parkNanos(SAMPLE_NS / 10);
        continue;
      }
      if (random.nextInt(KILLED_ONE_IN) == 0) {
        TestbenchRun run =
            TestbenchRun.of(
                system, kind, folder, address, SETTINGS, 1 + random.nextInt(KILL_WITHIN_MS));
        if (run.status() < 0) {
          killed.incrementAndGet();
        } else {
          note(run, undisturbed, number, tell);
        }
      } else {
        TestbenchRun run =
            TestbenchRun.of(
                system, kind, folder, address, SETTINGS, TimeUnit.SECONDS.toMillis(DRAIN_S));
        note(run, undisturbed, number, tell);
      }
    }
    return null;
  }

  private void note(TestbenchRun run, TestbenchRun undisturbed, int number, Consumer<String> tell) {
    String difference = run.difference(undisturbed);
    if (run.neverBegan()) {
      neverBegun.incrementAndGet();
    } else if (difference.isEmpty()) {
      identical.incrementAndGet();
    } else {
      different.incrementAndGet();
      tell.accept("simulator " + number + ": differs: " + difference + "; " + run.diagnosis());
    }
  }

  /** In the first half of the time, at moments drawn from the seed. */
  private void killServers(long startNs, String address, Consumer<String> tell) throws IOException {
    Random random = new Random(seed);
    for (int kill = 0; kill < SERVER_KILLS; kill++) {
      long share = lengthNs / 2 / SERVER_KILLS;
      sampleUntil(startNs + kill * share + (long) (random.nextDouble() * share));
      serving = false;
      server.kill();
      serverKills++;
      start(address);
      tell.accept(
          String.format(
              Locale.ROOT,
              "server killed and started again after %.0f s: %d runs so far",
              (System.nanoTime() - startNs) / 1e9,
              identical.get()));
    }
  }

  /** Looks at the server's memory every second. */
  private void sampleUntil(long untilNs) throws IOException {
    while (System.nanoTime() < untilNs) {
      LockSupport.parkNanos(SAMPLE_NS);
      sample();
    }
  }

  private void sample() throws IOException {
    long bytes = ProcessFigures.of(server.pid()).residentBytes();
    peakResidentBytes = Math.max(peakResidentBytes, bytes);
    residentBytes.add(bytes);
  }

  /** Waits, bounded, until each simulator's last run has ended. */
  private void await(List<Future<?>> all) throws IOException {
    sampleUntil(endNs);
    long lastNs = endNs + TimeUnit.SECONDS.toNanos(DRAIN_S);
    while (all.stream().anyMatch(one -> !one.isDone()) && System.nanoTime() < lastNs) {
      LockSupport.parkNanos(SAMPLE_NS);
      sample();
    }
    for (Future<?> one : all) {
      try {
        one.get(0, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new SimulationException("soak: a simulator: " + e + " (expected: its end)", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SimulationException("soak: interrupted", e);
      }
    }
  }

  private Figures figures(long descriptorsBefore, long descriptorsAfter) {
    int half = residentBytes.size() / 2;
    return new Figures(
        lengthNs / (double) TimeUnit.MINUTES.toNanos(1),
        simulators,
        identical.get(),
        different.get(),
        killed.get(),
        neverBegun.get(),
        serverKills,
        peakResidentBytes,
        most(residentBytes.subList(0, half)),
        most(residentBytes.subList(half, residentBytes.size())),
        descriptorsBefore,
        descriptorsAfter);
  }

  private static long most(List<Long> bytes) {
    return bytes.stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
