package io.understudy.server.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {
  private static final int CROSSINGS = 50_000;
  private static final long TOLERANCE_BYTES = 4_096;

  private final ServerMetrics metrics = new ServerMetrics();

  /** What the crossing path calls must leave nothing to collect. */
  @Test
  void countsACrossingWithoutAllocating() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    count();
    long before = threads.getThreadAllocatedBytes(thread);
    count();
    long bytes = threads.getThreadAllocatedBytes(thread) - before;
    assertTrue(bytes <= TOLERANCE_BYTES, bytes + " bytes in " + CROSSINGS + " crossings");
    assertTrue(metrics.text().contains("understudy_crossing_seconds_count " + 2 * CROSSINGS));
  }

  private void count() {
    for (int i = 0; i < CROSSINGS; i++) {
      metrics.events(8, 5, 3, 2);
      metrics.flags(1, 0, 0, 0);
      metrics.crossing(12_345 + i);
    }
  }
}
