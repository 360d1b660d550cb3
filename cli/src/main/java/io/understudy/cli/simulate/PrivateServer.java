package io.understudy.cli.simulate;

import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.backend.surrogate.SurrogateBackend;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.server.session.BankBackend;
import io.understudy.server.session.SessionListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server of one command's own, on a Unix socket in a folder that only its user can enter. */
public final class PrivateServer implements AutoCloseable {
  private final Path directory;
  private final UnderstudyServer server;

  private PrivateServer(Path directory, UnderstudyServer server) {
    this.directory = directory;
    this.server = server;
  }

  /**
   * Starts it with surrogates.
   *
   * @param models the models folder
   */
  public static PrivateServer start(Path models, SessionListener listener) throws IOException {
    return start(models, new SurrogateBackend(), listener);
  }

  /**
   * Starts it.
   *
   * @param models the models folder
   * @param backend what answers
   */
  public static PrivateServer start(Path models, BankBackend backend, SessionListener listener)
      throws IOException {
    return start(models, ModelRegistry.load(models), backend, listener);
  }

  /** The same with models that are loaded. */
  public static PrivateServer start(
      Path models, ModelRegistry loaded, BankBackend backend, SessionListener listener)
      throws IOException {
    Path directory = Files.createTempDirectory("understudy-");
    try {
      ListenAddress address = new ListenAddress.Unix(directory.resolve("server.sock"));
      return new PrivateServer(
          directory,
          UnderstudyServer.start(ServerConfig.of(models, address), loaded, backend, listener));
    } catch (RuntimeException e) {
      Files.deleteIfExists(directory);
      throw e;
    }
  }

  /** Where it serves. */
  public ListenAddress address() {
    return server.addresses().get(0);
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(directory);
  }
}
