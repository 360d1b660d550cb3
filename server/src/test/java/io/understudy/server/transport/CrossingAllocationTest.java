package io.understudy.server.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.SumBackend;
import io.understudy.server.TestModels;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.client.ClientBank;
import io.understudy.server.client.CrossingClient;
import io.understudy.server.session.SessionListener;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event loops of a real server allocate nothing for a frame that comes over a socket. */
class CrossingAllocationTest {
  private static final int WARM_UP = 20_000;
  private static final int FRAMES = 5_000;
  private static final long TIMEOUT_MS = 20_000;

  /** Room for what the virtual machine itself puts on a thread's account, over all frames. */
  private static final long TOLERANCE_BYTES = 4_096;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;
  private long timeFs;

  @Test
  void allocatesNothingForAFrameOverAUnixSocket() {
    measure(new ListenAddress.Unix(folder.resolve("s")));
  }

  @Test
  void allocatesNothingForAFrameOverTcp() {
    measure(new ListenAddress.Tcp("127.0.0.1", 0));
  }

  private void measure(ListenAddress address) {
    ServerConfig config = ServerConfig.of(TestModels.FOLDER, address);
    try (UnderstudyServer server =
        UnderstudyServer.start(
            config, TestModels.circuits(), new SumBackend(), SessionListener.NONE)) {
      assertSteady(server.addresses().get(0), 1);
      assertSteady(server.addresses().get(0), 700);
    }
  }

  private void assertSteady(ListenAddress address, int instances) {
    try (CrossingClient client = CrossingClient.connect(address, "allocation", TIMEOUT_MS)) {
      ClientBank bank = client.open(TestModels.PULSE, "b", instances, TestModels.biased(instances));
      bank.rows().reserveRows(instances);
      bank.rows().rows = instances;
      for (int i = 0; i < instances; i++) {
        bank.rows().instance[i] = i;
      }
      long[] loops = eventLoops();
      assertTrue(loops.length > 0, "no event loop");
      step(client, bank, WARM_UP);
      long before = allocated(loops);
      step(client, bank, FRAMES);
      long bytes = allocated(loops) - before;
      assertEquals(instances, bank.rows().answers);
      assertTrue(bytes <= TOLERANCE_BYTES, bytes + " bytes in " + FRAMES + " frames");
    }
  }

  private void step(CrossingClient client, ClientBank bank, int frames) {
    List<ClientBank> banks = List.of(bank);
    for (int i = 0; i < frames; i++) {
      client.step(timeFs, banks);
      timeFs += TestModels.PULSE_PERIOD_FS;
    }
  }

  private long[] eventLoops() {
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().contains("EventLoop"))
        .mapToLong(ThreadInfo::getThreadId)
        .toArray();
  }

  private long allocated(long[] ids) {
    return Arrays.stream(threads.getThreadAllocatedBytes(ids)).sum();
  }
}
