package io.understudy.characterizer.train;

import io.understudy.characterizer.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * The steps of a training: told to a listener as they are done, independent ones on several
 * threads. The results do not depend on the number of threads.
 */
final class Steps {
  private final int threads;
  private final int total;
  private final ProgressListener progress;
  private int done;

  /**
   * @param total steps of the whole training
   */
  Steps(int threads, int total, ProgressListener progress) {
    this.threads = threads;
    this.total = total;
    this.progress = progress;
  }

  /** Tells of one step. */
  void one() {
    progress.finished(++done, total);
  }

  /**
   * The results of independent steps, in their order.
   *
   * @throws RuntimeException what the first failed step in that order threw
   */
  <T> List<T> all(int count, IntFunction<T> step) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        int index = k;
        futures.add(executor.submit(() -> step.apply(index)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
        one();
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("interrupted", e);
    } finally {
      executor.shutdownNow();
    }
  }
}
