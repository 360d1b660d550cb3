package io.understudy.surrogate.predict;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads among which the evaluation of large steps is split. Shared by any number of banks: a bank
 * that finds the crew at work evaluates alone. Who evaluates what does not change a result.
 * Splitting allocates nothing.
 */
public final class EvaluationCrew implements AutoCloseable {
  /** Looks for the others' end this often before it lets them have the core. */
  private static final int SPINS = 2000;

  private static final int SHUT = Integer.MIN_VALUE;
  private static final long PARK_NS = 20_000;
  private static final long IDLE_PARK_NS = 1_000_000_000;

  private final Thread[] helpers;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger next = new AtomicInteger();

  /** Helpers at work; below 0, by {@link #SHUT}, while none may begin. */
  private final AtomicInteger gate = new AtomicInteger(SHUT);

  private volatile Work work;
  private volatile int parts;
  private volatile int round;
  private volatile boolean closed;
  private volatile Throwable failure;

  /** Work that can be split. */
  interface Work {
    /**
     * @param part its number
     * @param worker who does it, from 0: no two parts of one worker run at the same time
     */
    void part(int part, int worker);
  }

  /**
   * @param threads how many threads share the work, the caller's among them; at least 1
   */
  public EvaluationCrew(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads + " (expected: at least 1)");
    }
    this.helpers = new Thread[threads - 1];
    for (int k = 0; k < helpers.length; k++) {
      int worker = k + 1;
      helpers[k] = new Thread(() -> help(worker), "understudy-evaluation-" + worker);
      helpers[k].setDaemon(true);
      helpers[k].start();
    }
  }

  /** How many threads share the work. */
  public int threads() {
    return helpers.length + 1;
  }

  /** Does all parts; returns when they are done. */
  void run(Work job, int count) {
    if (helpers.length == 0 || closed || !lock.tryLock()) {
      for (int part = 0; part < count; part++) {
        job.part(part, 0);
      }
      return;
    }
    try {
      failure = null;
      work = job;
      parts = count;
      next.set(0);
      gate.set(0);
      round++;
      for (Thread helper : helpers) {
        LockSupport.unpark(helper);
      }
      try {
        claim(job, 0);
      } finally {
        await();
      }
      if (failure != null) {
        throw new IllegalStateException("evaluation: " + failure, failure);
      }
    } finally {
      work = null;
      lock.unlock();
    }
  }

  private void claim(Work job, int worker) {
    int count = parts;
    for (int part = next.getAndIncrement(); part < count; part = next.getAndIncrement()) {
      job.part(part, worker);
    }
  }

  /** Shuts out who has not begun; who has only computes: the end is near. */
  private void await() {
    gate.addAndGet(SHUT);
    for (int k = 0; gate.get() != SHUT; k++) {
      if (k < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, PARK_NS);
      }
    }
  }

  private boolean enter() {
    for (int inside = gate.get(); inside >= 0; inside = gate.get()) {
      if (gate.compareAndSet(inside, inside + 1)) {
        return true;
      }
    }
    return false;
  }

  private void help(int worker) {
    int seen = 0;
    while (!closed) {
      if (round == seen) {
        LockSupport.parkNanos(this, IDLE_PARK_NS);
        continue;
      }
      seen = round;
      if (enter()) {
        try {
          claim(work, worker);
        } catch (RuntimeException | Error e) {
          failure = e;
        } finally {
          gate.decrementAndGet();
        }
      }
    }
  }

  /** Ends the helpers; steps are evaluated alone from now on. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      for (Thread helper : helpers) {
        LockSupport.unpark(helper);
      }
    } finally {
      lock.unlock();
    }
  }
}
