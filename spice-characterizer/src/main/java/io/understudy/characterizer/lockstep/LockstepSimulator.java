package io.understudy.characterizer.lockstep;

import io.understudy.characterizer.ScratchFolder;
import io.understudy.characterizer.deck.DeckWriter;
import io.understudy.characterizer.deck.LockstepDeck;
import io.understudy.characterizer.ngspice.NgspiceException;
import io.understudy.surrogate.circuit.Characterization.Accuracy;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.EvaluationException;
import io.understudy.surrogate.event.EventListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Opens banks that ngspice answers, and spreads their work over the cores. */
public final class LockstepSimulator implements AutoCloseable {
  /** A piece of work on one instance; interrupted when the simulator is closed. */
  @FunctionalInterface
  interface Work {
    void run(int index);
  }

  private final LockstepOptions options;
  private final ScratchFolder scratch;
  private final ExecutorService workers;
  private final Watchdog watchdog = new Watchdog();
  private final AtomicInteger processes = new AtomicInteger();
  private final AtomicInteger folders = new AtomicInteger();
  private final AtomicLong cpuNs = new AtomicLong();

  private LockstepSimulator(LockstepOptions options, ScratchFolder scratch) {
    this.options = options;
    this.scratch = scratch;
    this.workers =
        Executors.newFixedThreadPool(
            options.jobs(),
            task -> {
              Thread thread = new Thread(task, "ngspice-worker");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Makes a simulator without banks. */
  public static LockstepSimulator start(LockstepOptions options) {
    try {
      return new LockstepSimulator(options, ScratchFolder.temporary());
    } catch (IOException e) {
      throw new UncheckedIOException("temporary files: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a bank; its processes have found their operating points when this returns.
   *
   * @param parameters the parameter values of each instance, in the order of the circuit's
   *     parameter columns
   * @param listener is told of every event, or null
   * @throws EvaluationException naming the instance, the deck and what ngspice said
   */
  public BankEvaluator open(CircuitFolder folder, double[][] parameters, EventListener listener) {
    int count = parameters.length;
    if (processes.addAndGet(count) > options.maxInstances()) {
      int before = processes.addAndGet(-count);
      throw new EvaluationException(
          "instances in ngspice: "
              + (before + count)
              + " (expected: at most "
              + options.maxInstances()
              + ", for each is a process; --backend shadow with --shadow-sample follows some)");
    }
    LockstepInstance[] instances = new LockstepInstance[count];
    try {
      all(count, k -> instances[k] = instance(folder, parameters[k], k));
    } catch (RuntimeException e) {
      release(instances);
      throw e;
    }
    return new LockstepBank(this, folder.circuit(), instances, listener);
  }

  private LockstepInstance instance(CircuitFolder folder, double[] parameters, int index) {
    Accuracy accuracy =
        options.accuracy() == null
            ? folder.circuit().characterization().ngspice()
            : options.accuracy();
    List<Double> values = Arrays.stream(parameters).boxed().toList();
    LockstepDeck deck = DeckWriter.writeLockstep(folder, values, accuracy);
    Path directory = scratch.of("instance-" + folders.incrementAndGet());
    try {
      Files.createDirectories(directory);
      NgspiceProcess process =
          NgspiceProcess.start(
              options.driver(), deck, directory, watchdog, LockstepInstance.startTimeoutMs());
      return new LockstepInstance(folder.circuit(), process);
    } catch (IOException e) {
      throw new EvaluationException("instance " + index + ": " + directory + ": " + e.getMessage());
    } catch (NgspiceException e) {
      throw failed(index, "operating point", e, directory.resolve(NgspiceProcess.DECK));
    }
  }

  /** What a failure says; keeps the deck, which the end of the program would remove. */
  static EvaluationException failed(int index, String where, NgspiceException e, Path deck) {
    String kept;
    try {
      Path file = Files.createTempDirectory("understudy-failed-").resolve(deck.getFileName());
      Files.copy(deck, file);
      kept = file.toString();
    } catch (IOException notKept) {
      kept = "not kept, " + notKept.getMessage();
    }
    return new EvaluationException(
        "instance " + index + ", " + where + ": " + e.getMessage() + " (deck: " + kept + ")");
  }

  /** Does work on several instances, as many at once as there are jobs. */
  void all(int count, Work work) {
    if (count == 1) {
      work.run(0);
      return;
    }
    List<Future<?>> futures = new ArrayList<>(count);
    for (int k = 0; k < count; k++) {
      int index = k;
      futures.add(workers.submit(() -> work.run(index)));
    }
    RuntimeException failure = null;
    for (Future<?> future : futures) {
      try {
        future.get();
      } catch (ExecutionException e) {
        if (failure == null) {
          failure =
              e.getCause() instanceof RuntimeException unchecked
                  ? unchecked
                  : new IllegalStateException(e.getCause());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        futures.forEach(f -> f.cancel(true));
        throw new EvaluationException("ngspice: interrupted");
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Ends a bank's processes. */
  void release(LockstepInstance[] instances) {
    for (LockstepInstance instance : instances) {
      if (instance != null) {
        cpuNs.addAndGet(instance.process().cpuNs());
        instance.close();
      }
    }
    processes.addAndGet(-instances.length);
  }

  /** CPU time in s of ngspice's processes, of banks that were released. */
  public double cpuS() {
    return cpuNs.get() * 1e-9;
  }

  /** Ends all work; banks are to be released before. */
  @Override
  public void close() {
    workers.shutdownNow();
    watchdog.close();
    try {
      scratch.close();
    } catch (IOException e) {
      throw new UncheckedIOException("temporary files: " + e.getMessage(), e);
    }
  }
}
