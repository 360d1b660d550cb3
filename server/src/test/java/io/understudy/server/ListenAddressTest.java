package io.understudy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @Test
  void readsEachForm() {
    assertEquals(new ListenAddress.Unix(Path.of("/a/b")), ListenAddress.parse("unix:/a/b"));
    assertEquals(new ListenAddress.Tcp("::1", 7), ListenAddress.parse("tcp:[::1]:7"));
    assertEquals(new ListenAddress.Tcp("localhost", 0), ListenAddress.parseHostPort("localhost:0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix:/a/b", "tcp:127.0.0.1:80", "tcp:[::1]:0"})
  void writesWhatItReads(String text) {
    assertEquals(text, ListenAddress.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "unix:", "/a/b", "tcp:", "tcp:host", "tcp:host:", "tcp::1", "tcp:h:65536"})
  void refusesAnythingElse(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse(text));
    assertTrue(e.getMessage().startsWith("address: " + text + " (expected: "), e.getMessage());
  }
}
