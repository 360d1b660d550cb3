package io.understudy.server.frame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What RESTORE carries, put together: the OPEN payloads of the session's banks, then the bytes of
 * SAVED.
 *
 * @param opens the banks
 * @param saved the rest, little-endian
 */
public record RestoreStream(List<Open> opens, ByteBuffer saved) {
  /**
   * Reads the whole.
   *
   * @param bytes little-endian, from index 0 to the limit
   * @throws FrameException when it is malformed
   */
  public static RestoreStream decode(ByteBuffer bytes) {
    long count = number(bytes, "number of banks", bytes.limit() / (2L * Long.BYTES));
    List<Open> opens = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      int length = (int) number(bytes, "bank's bytes", bytes.remaining() - (long) Long.BYTES);
      int end = bytes.position() + FramePayload.padded(length);
      if (end > bytes.limit()) {
        throw wrong("bank's bytes", length, bytes.remaining());
      }
      ByteBuffer part = bytes.slice(bytes.position(), length).order(bytes.order());
      opens.add(Open.read(part));
      if (part.hasRemaining()) {
        throw wrong("bank's bytes", length, part.position());
      }
      bytes.position(end);
    }
    return new RestoreStream(opens, bytes.slice().order(bytes.order()));
  }

  private static long number(ByteBuffer bytes, String what, long most) {
    if (bytes.remaining() < Long.BYTES) {
      throw wrong(what, "end of the checkpoint", most);
    }
    long value = bytes.getLong();
    if (value < 0 || value > most) {
      throw wrong(what, value, most);
    }
    return value;
  }

  private static FrameException wrong(String what, Object value, long most) {
    return FrameException.protocol("RESTORE: " + what, value, "0 to " + most);
  }
}
