package io.understudy.server;

import com.sun.management.ThreadMXBean;
import io.understudy.server.client.ClientBank;
import io.understudy.server.client.CrossingClient;
import io.understudy.server.session.SessionListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Measures round trips over a Unix socket, client and server in one process, with a backend that
 * only sums: a program, not a test. Prints the median and the tenth percentile in microseconds, and
 * what the event loops allocated for a frame.
 */
public final class RoundTripFigures {
  private static final int WARM_UP = 20_000;
  private static final int ROUNDS = 20_000;
  private static final long TIMEOUT_MS = 20_000;

  private RoundTripFigures() {}

  /** Runs with the given numbers of instances, by default 1, 1000 and 20000. */
  public static void main(String[] args) throws IOException {
    int[] sizes =
        args.length == 0
            ? new int[] {1, 1_000, 20_000}
            : Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    Path folder = Files.createTempDirectory("us");
    ListenAddress address = new ListenAddress.Unix(folder.resolve("s"));
    ServerConfig config = ServerConfig.of(TestModels.FOLDER, address);
    try (UnderstudyServer server =
        UnderstudyServer.start(
            config, TestModels.circuits(), new SumBackend(), SessionListener.NONE)) {
      for (int instances : sizes) {
        measure(server.addresses().get(0), instances);
      }
    } finally {
      Files.delete(folder);
    }
  }

  private static void measure(ListenAddress address, int instances) {
    try (CrossingClient client = CrossingClient.connect(address, "figures", TIMEOUT_MS)) {
      ClientBank bank = client.open(TestModels.PULSE, "b", instances, TestModels.biased(instances));
      bank.rows().reserveRows(instances);
      bank.rows().rows = instances;
      for (int i = 0; i < instances; i++) {
        bank.rows().instance[i] = i;
      }
      List<ClientBank> banks = List.of(bank);
      int rounds = instances > 10_000 ? ROUNDS / 10 : ROUNDS;
      long[] nanos = new long[rounds];
      long step = 0;
      for (int i = 0; i < (instances > 10_000 ? WARM_UP / 10 : WARM_UP); i++) {
        client.step(step++ * TestModels.PULSE_PERIOD_FS, banks);
      }
      long before = allocatedByOthers();
      for (int i = 0; i < rounds; i++) {
        long start = System.nanoTime();
        client.step(step++ * TestModels.PULSE_PERIOD_FS, banks);
        nanos[i] = System.nanoTime() - start;
      }
      long bytes = (allocatedByOthers() - before) / rounds;
      Arrays.sort(nanos);
      System.out.printf(
          "instances=%d median_us=%.1f p10_us=%.1f server_bytes_per_frame=%d%n",
          instances, nanos[rounds / 2] / 1e3, nanos[rounds / 10] / 1e3, bytes);
    }
  }

  private static long allocatedByOthers() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      if (id != Thread.currentThread().getId()) {
        sum += Math.max(threads.getThreadAllocatedBytes(id), 0);
      }
    }
    return sum;
  }
}
