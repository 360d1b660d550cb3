package io.understudy.server.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HelloTest {
  private static final String SECRET = "sixteen bytes, or more";
  private static final int NAME_LENGTH_AT = 48;

  private final FrameBuffer frame = new FrameBuffer();

  private String text() {
    ByteBuffer all = frame.bytes().duplicate().position(0);
    return StandardCharsets.ISO_8859_1.decode(all).toString();
  }

  @Test
  void losesItsAccessTokenAndNothingElse() {
    new Hello("vpi/icarus", SECRET).encode(frame, 1);
    int bytes = frame.bytes().limit();
    Hello.eraseAccess(frame.bytes());
    assertFalse(text().contains(SECRET));
    assertEquals(bytes, frame.bytes().limit());
    Hello erased = Hello.decode(frame.bytes());
    assertEquals("vpi/icarus", erased.client());
    assertEquals("\0".repeat(SECRET.length()), erased.access());
  }

  @Test
  void isLeftAloneWithoutAnAccessToken() {
    new Hello("vpi/icarus").encode(frame, 1);
    String whole = text();
    ByteBuffer bytes = frame.bytes();
    // As a session leaves it: the checksum was taken off.
    Hello.eraseAccess(bytes.limit(bytes.limit() - FrameCheck.TRAILER_BYTES));
    bytes.limit(whole.length());
    assertEquals(whole, text());
  }

  @Test
  void losesItsAccessTokenWhereItsLengthsAreWrong() {
    new Hello("", SECRET).encode(frame, 1);
    frame.bytes().putShort(NAME_LENGTH_AT, (short) 60_000);
    Hello.eraseAccess(frame.bytes());
    assertFalse(text().contains(SECRET));
  }
}
