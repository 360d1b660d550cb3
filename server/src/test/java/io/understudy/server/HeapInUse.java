package io.understudy.server;

import java.lang.management.ManagementFactory;

/** The heap of this virtual machine. */
public final class HeapInUse {
  private static final int COLLECTIONS = 3;

  private HeapInUse() {}

  /** What is left of it after collections, in bytes. */
  public static long bytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
