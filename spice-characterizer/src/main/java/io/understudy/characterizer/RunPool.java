package io.understudy.characterizer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does runs, several at once. After a failure no further run is begun. */
final class RunPool {
  /** One run. */
  @FunctionalInterface
  interface Run<T> {
    T get(int index) throws Exception;
  }

  private RunPool() {}

  /**
   * The results in the order of the runs.
   *
   * @throws RuntimeException what the first failed run threw, when the runs under way have ended
   */
  static <T> List<T> all(int count, int jobs, Run<T> run, ProgressListener progress) {
    ExecutorService executor = Executors.newFixedThreadPool(Math.min(jobs, count));
    AtomicBoolean failed = new AtomicBoolean();
    Object lock = new Object();
    int[] done = {0};
    List<Future<T>> futures = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      int index = k;
      Callable<T> task =
          () -> {
            if (failed.get()) {
              return null;
            }
            try {
              T result = run.get(index);
              synchronized (lock) {
                progress.finished(++done[0], count);
              }
              return result;
            } catch (Throwable e) {
              failed.set(true);
              throw e;
            }
          };
      futures.add(executor.submit(task));
    }
    executor.shutdown();
    try {
      return results(futures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CharacterizationException("interrupted", e);
    } finally {
      // Ends what still runs when the wait was interrupted; else there is nothing left.
      executor.shutdownNow();
    }
  }

  private static <T> List<T> results(List<Future<T>> futures) throws InterruptedException {
    List<T> results = new ArrayList<>();
    Throwable failure = null;
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        if (failure == null) {
          failure = e.getCause();
        } else {
          failure.addSuppressed(e.getCause());
        }
      }
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw new CharacterizationException(failure.getMessage(), failure);
    }
    return results;
  }
}
