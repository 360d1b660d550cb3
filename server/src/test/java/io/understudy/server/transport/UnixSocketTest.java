package io.understudy.server.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.ServerException;
import io.understudy.server.SumBackend;
import io.understudy.server.TestModels;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.client.CrossingClient;
import io.understudy.server.session.SessionListener;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UnixSocketTest {
  private static final long TIMEOUT_MS = 20_000;

  @TempDir private Path folder;
  private Path path;
  private ListenAddress address;

  @BeforeEach
  void place() {
    path = folder.resolve("understudy.sock");
    address = new ListenAddress.Unix(path);
  }

  private static UnderstudyServer start(ListenAddress... addresses) {
    return UnderstudyServer.start(
        ServerConfig.of(TestModels.FOLDER, addresses),
        TestModels.circuits(),
        new SumBackend(),
        SessionListener.NONE);
  }

  @Test
  void isPrivateAndRemovedAtStop() throws IOException {
    try (UnderstudyServer server = start(address)) {
      assertEquals(1, server.addresses().size());
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count(), "nothing is left behind");
    }
  }

  @Test
  void replacesTheFileOfADeadServer() throws IOException {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    assertTrue(Files.exists(path), "its file is still there");
    try (UnderstudyServer server = start(address)) {
      CrossingClient.connect(server.addresses().get(0), "x", TIMEOUT_MS).finish(0);
    }
  }

  @Test
  void doesNotStealALiveServersPlace() {
    try (UnderstudyServer first = start(address)) {
      ServerException e = assertThrows(ServerException.class, () -> start(address));
      assertEquals(
          "address: " + address + ": a live server's (expected: a free path)", e.getMessage());
      CrossingClient.connect(first.addresses().get(0), "x", TIMEOUT_MS).finish(0);
    }
  }

  @Test
  void leavesAnotherFileAlone() throws IOException {
    Files.writeString(path, "precious");
    ServerException e = assertThrows(ServerException.class, () -> start(address));
    assertTrue(e.getMessage().contains("a file that is no socket"), e.getMessage());
    assertEquals("precious", Files.readString(path));
  }

  @Test
  void leavesAnotherServersFileAtStop() throws IOException {
    UnderstudyServer first = start(address);
    Files.delete(path);
    try (UnderstudyServer second = start(address)) {
      first.close();
      CrossingClient.connect(second.addresses().get(0), "x", TIMEOUT_MS).finish(0);
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void namesAFolderThatDoesNotExist() {
    ListenAddress lost = new ListenAddress.Unix(folder.resolve("no/such.sock"));
    ServerException e = assertThrows(ServerException.class, () -> start(lost));
    assertTrue(e.getMessage().contains("expected: a folder that exists"), e.getMessage());
  }

  @Test
  void namesAPathThatIsTooLong() {
    ListenAddress lost = new ListenAddress.Unix(folder.resolve("x".repeat(120)));
    ServerException e = assertThrows(ServerException.class, () -> start(lost));
    assertTrue(e.getMessage().contains("expected: a path of at most 107"), e.getMessage());
  }

  @Test
  void leavesNothingWhenOneOfItsAddressesIsTaken() throws IOException {
    try (UnderstudyServer first = start(new ListenAddress.Tcp("127.0.0.1", 0))) {
      ListenAddress taken = first.addresses().get(0);
      ServerException e = assertThrows(ServerException.class, () -> start(address, taken));
      assertTrue(e.getMessage().startsWith("address: " + taken), e.getMessage());
    }
    assertFalse(Files.exists(path));
  }
}
