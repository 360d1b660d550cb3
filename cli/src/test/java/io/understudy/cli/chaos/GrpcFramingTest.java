package io.understudy.cli.chaos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GrpcFramingTest {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  private static byte[] message(int bytes) {
    return ByteBuffer.allocate(5 + bytes).put((byte) 0).putInt(bytes).array();
  }

  private void frame(int type, byte[] payload) throws IOException {
    stream.write(ByteBuffer.allocate(4).putInt(payload.length).array(), 1, 3);
    stream.write(new byte[] {(byte) type, 0, 0, 0, 0, 1});
    stream.write(payload);
  }

  private ReadableByteChannel channel() {
    return Channels.newChannel(new ByteArrayInputStream(stream.toByteArray()));
  }

  private static String told(Framing framing, ReadableByteChannel from) throws IOException {
    StringBuilder told = new StringBuilder();
    for (Framing.Piece piece = framing.next(from); piece != null; piece = framing.next(from)) {
      told.append(piece.isCrossing() ? '*' : '.');
    }
    return told.toString();
  }

  @Test
  void countsMessagesWhereTheyEnd() throws IOException {
    stream.write(PREFACE);
    frame(SETTINGS, new byte[12]);
    frame(HEADERS, message(7));
    frame(DATA, message(4_000));
    byte[] parted = message(300);
    frame(DATA, Arrays.copyOf(parted, 3));
    frame(DATA, Arrays.copyOfRange(parted, 3, 200));
    frame(DATA, Arrays.copyOfRange(parted, 200, 305));
    frame(DATA, message(0));
    frame(DATA, new byte[0]);
    assertEquals("...*..**.", told(new GrpcFraming(true), channel()));
  }

  @Test
  void passesEachByteOn() throws IOException {
    frame(SETTINGS, new byte[0]);
    frame(DATA, message(1_000));
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    Framing framing = new GrpcFraming(false);
    ReadableByteChannel from = channel();
    for (Framing.Piece piece = framing.next(from); piece != null; piece = framing.next(from)) {
      passed.write(piece.bytes());
    }
    assertArrayEquals(stream.toByteArray(), passed.toByteArray());
  }

  @Test
  void endsWhereAFrameIsCut() throws IOException {
    frame(DATA, message(10));
    byte[] whole = stream.toByteArray();
    ReadableByteChannel cut =
        Channels.newChannel(new ByteArrayInputStream(whole, 0, whole.length - 1));
    assertNull(new GrpcFraming(false).next(cut));
  }
}
