package io.understudy.server;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The memory of this virtual machine: its heap, and what direct buffers hold outside of it. */
public final class HeapInUse {
  private static final int COLLECTIONS = 10;

  /** Collected direct buffers are freed by a thread of the virtual machine, which needs a while. */
  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private HeapInUse() {}

  /** The least that is left after some collections, in bytes. */
  public static long bytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      LockSupport.parkNanos(PAUSE_NS);
      long direct =
          ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
              .mapToLong(BufferPoolMXBean::getMemoryUsed)
              .sum();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      least = Math.min(least, heap + direct);
    }
    return least;
  }
}
