package io.understudy.benchmarks.crossing;

import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.server.session.SessionListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The product's server with an {@link EchoBackend}, as a program of its own that can be bound to a
 * core. Prints {@code ready} and its addresses; ends with its input.
 */
public final class EchoServer {
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
      System.out.println("ready");
      server.addresses().forEach(System.out::println);
      System.out.flush();
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }
}
