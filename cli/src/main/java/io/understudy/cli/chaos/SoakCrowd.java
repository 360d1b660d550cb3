package io.understudy.cli.chaos;

import io.understudy.cli.demo.DemoSystem;
import io.understudy.cli.simulate.SimulationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** Many simulators at once, some of which are killed at random. */
final class SoakCrowd implements AutoCloseable {
  /** The longest that a run may take. */
  static final long RUN_S = 600;

  private static final Map<String, String> SETTINGS =
      Map.of("UNDERSTUDY_CHECKPOINT_BYTES", "16384", "UNDERSTUDY_DEADLINE_S", "200");

  private static final int KILLED_ONE_IN = 8;
  private static final int KILL_WITHIN_MS = 8_000;
  private static final long WAIT_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final DemoSystem system;
  private final DemoSystem.Kind kind;
  private final String server;
  private final Path work;
  private final Consumer<String> tell;
  private final List<Random> simulators = new ArrayList<>();
  private final ExecutorService threads;
  private final TestbenchRun undisturbed;
  private final AtomicLong identical = new AtomicLong();
  private final AtomicLong different = new AtomicLong();
  private final AtomicLong killed = new AtomicLong();
  private final AtomicLong neverBegun = new AtomicLong();
  private List<Future<?>> running = List.of();
  private volatile boolean served = true;

  /**
   * Runs the testbench undisturbed, to be compared with.
   *
   * @param count simulators at once
   * @param server its address
   * @param work folder of this crowd alone
   * @param tell is told of runs that differ
   */
  SoakCrowd(
      DemoSystem system,
      DemoSystem.Kind kind,
      int count,
      long seed,
      String server,
      Path work,
      Consumer<String> tell)
      throws IOException {
    this.system = system;
    this.kind = kind;
    this.server = server;
    this.work = work;
    this.tell = tell;
    for (int number = 0; number < count; number++) {
      simulators.add(new Random(seed * 0x9E3779B97F4A7C15L + number));
    }
    undisturbed = TestbenchRun.of(system, kind, work.resolve("undisturbed"), server, SETTINGS);
    if (undisturbed.status() != 0 || undisturbed.summary().isEmpty()) {
      throw new SimulationException(
          kind + " undisturbed: status " + undisturbed.status() + " (expected: 0 and a summary)");
    }
    threads = Executors.newFixedThreadPool(count);
  }

  /** Runs whose results are those of the undisturbed one. */
  long identical() {
    return identical.get();
  }

  /** Runs whose results are not. */
  long different() {
    return different.get();
  }

  /** Simulators that were killed. */
  long killed() {
    return killed.get();
  }

  /** Runs whose server was killed before it had greeted them. */
  long neverBegun() {
    return neverBegun.get();
  }

  /** While there is no server, no run begins. */
  void served(boolean now) {
    served = now;
  }

  /** Starts them all; each begins run after run until a moment of {@link System#nanoTime}. */
  void start(long untilNs) {
    List<Future<?>> started = new ArrayList<>();
    for (int i = 0; i < simulators.size(); i++) {
      int number = i;
      started.add(threads.submit(() -> simulate(number, untilNs)));
    }
    running = started;
  }

  /** Whether some run still goes on. */
  boolean isRunning() {
    return running.stream().anyMatch(one -> !one.isDone());
  }

  /**
   * Fails unless each simulator's last run has ended.
   *
   * @throws SimulationException when one hangs or could not be run
   */
  void checkEnded() {
    for (Future<?> one : running) {
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

  private Void simulate(int number, long untilNs) throws IOException {
    Random random = simulators.get(number);
    Path folder = Files.createDirectories(work.resolve("sim" + number));
    while (System.nanoTime() < untilNs) {
      if (!served) {
        LockSupport.parkNanos(WAIT_NS);
        continue;
      }
      boolean isKilled = random.nextInt(KILLED_ONE_IN) == 0;
      long timeoutMs =
          isKilled ? 1 + random.nextInt(KILL_WITHIN_MS) : TimeUnit.SECONDS.toMillis(RUN_S);
      TestbenchRun run = TestbenchRun.of(system, kind, folder, server, SETTINGS, timeoutMs);
      if (isKilled && run.status() < 0) {
        killed.incrementAndGet();
      } else {
        note(run, number);
      }
    }
    return null;
  }

  private void note(TestbenchRun run, int number) {
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

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
