package io.understudy.characterizer.train;

import io.understudy.characterizer.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Does independent tasks on several threads; the results do not depend on their number. */
final class Parallel {
  private Parallel() {}

  /**
   * The results in the order of the tasks.
   *
   * @throws RuntimeException what the first failed task in that order threw
   */
  static <T> List<T> all(int count, int threads, IntFunction<T> task, ProgressListener progress) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        int index = k;
        futures.add(executor.submit(() -> task.apply(index)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
        progress.finished(results.size(), count);
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
