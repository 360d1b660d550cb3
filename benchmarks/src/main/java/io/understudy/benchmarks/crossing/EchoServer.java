package io.understudy.benchmarks.crossing;

import com.sun.management.ThreadMXBean;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.server.session.SessionListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The product's server with an {@link EchoBackend}, as a program of its own that can be bound to a
 * core. Prints its addresses in a line; answers each line of its input with the bytes that its
 * event loops have allocated so far; ends with its input.
 */
public final class EchoServer {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private EchoServer() {}

  /** Serves the circuits of the folder that comes first, at the addresses that follow. */
  public static void main(String[] arguments) throws IOException {
    Path models = Path.of(arguments[0]);
    ListenAddress[] addresses =
        Arrays.stream(arguments).skip(1).map(ListenAddress::parse).toArray(ListenAddress[]::new);
    ServerConfig config = ServerConfig.of(models, addresses);
    try (UnderstudyServer server =
        UnderstudyServer.start(
            config, ModelRegistry.loadCircuits(models), new EchoBackend(), SessionListener.NONE)) {
      System.out.println(
          server.addresses().stream().map(Object::toString).collect(Collectors.joining(" ")));
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      while (input.readLine() != null) {
        System.out.println(allocatedBytes());
      }
    }
  }

  private static long allocatedBytes() {
    long[] loops =
        Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
            .filter(thread -> thread != null && thread.getThreadName().contains("EventLoop"))
            .mapToLong(ThreadInfo::getThreadId)
            .toArray();
    return Arrays.stream(THREADS.getThreadAllocatedBytes(loops)).sum();
  }
}
