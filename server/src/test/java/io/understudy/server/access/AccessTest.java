package io.understudy.server.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  private static final Optional<AccessToken> TOKEN =
      Optional.of(AccessToken.of("a token that is long enough"));

  @TempDir private Path folder;

  private Certificates certificates(boolean clients) throws IOException {
    Path file = Files.writeString(folder.resolve("file.pem"), "");
    return new Certificates(file, file, clients ? Optional.of(file) : Optional.empty());
  }

  private static void check(Access access, String host, boolean encrypted) throws IOException {
    access.check("tcp:" + host + ":1", InetAddress.getByName(host), encrypted);
  }

  @Test
  void letsLoopbackBeServedAsItIs() {
    assertDoesNotThrow(() -> check(Access.LOCAL, "127.0.0.1", false));
    assertDoesNotThrow(() -> check(Access.LOCAL, "::1", false));
  }

  @Test
  void refusesAnAddressBeyondLoopbackWithoutTls() throws IOException {
    Access access = new Access(Optional.of(certificates(true)), TOKEN);
    for (String host : new String[] {"0.0.0.0", "::", "192.0.2.1"}) {
      AccessException e =
          assertThrows(AccessException.class, () -> check(access, host, false), host);
      assertTrue(e.getMessage().contains("beyond loopback without TLS"), e.getMessage());
    }
  }

  @Test
  void refusesAnAddressBeyondLoopbackThatEveryoneMayUse() throws IOException {
    Access open = new Access(Optional.of(certificates(false)), Optional.empty());
    AccessException e = assertThrows(AccessException.class, () -> check(open, "0.0.0.0", true));
    assertTrue(e.getMessage().contains("a token or clients' certificates"), e.getMessage());
    Access token = new Access(Optional.of(certificates(false)), TOKEN);
    assertDoesNotThrow(() -> check(token, "0.0.0.0", true));
    Access clients = new Access(Optional.of(certificates(true)), Optional.empty());
    assertDoesNotThrow(() -> check(clients, "0.0.0.0", true));
  }

  @Test
  void refusesTlsWithoutACertificate() {
    AccessException e =
        assertThrows(AccessException.class, () -> check(Access.LOCAL, "127.0.0.1", true));
    assertTrue(e.getMessage().contains("--tls-cert"), e.getMessage());
  }

  @Test
  void readsATokenAndNeverShowsIt() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), " 0123456789abcdef\n");
    AccessToken token = AccessToken.read(file);
    assertTrue(token.matches("0123456789abcdef"));
    assertFalse(token.matches("0123456789abcdeF"));
    assertFalse(token.matches(""));
    assertEquals("token of 16 bytes", token.toString());
  }

  @Test
  void refusesATokenThatCouldBeGuessed() {
    AccessException e = assertThrows(AccessException.class, () -> AccessToken.of("secret"));
    assertFalse(e.getMessage().contains("secret"), e.getMessage());
    assertTrue(e.getMessage().startsWith("token: 6 bytes (expected: 16 to 1024"), e.getMessage());
  }
}
