package io.understudy.characterizer.lockstep;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Kills processes that do not answer in time, so that whoever reads from them reads their end. */
final class Watchdog implements AutoCloseable {
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "ngspice-watchdog");
            thread.setDaemon(true);
            return thread;
          });

  /** A watch over one exchange with a process; ends when it is closed. */
  final class Watch implements AutoCloseable {
    private final AtomicBoolean expired = new AtomicBoolean();
    private final ScheduledFuture<?> alarm;

    private Watch(Process process, long timeoutMs) {
      alarm =
          clock.schedule(
              () -> {
                expired.set(true);
                process.destroyForcibly();
              },
              timeoutMs,
              TimeUnit.MILLISECONDS);
    }

    /** Whether the process was killed. */
    boolean expired() {
      return expired.get();
    }

    @Override
    public void close() {
      alarm.cancel(false);
    }
  }

  Watch over(Process process, long timeoutMs) {
    return new Watch(process, timeoutMs);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
