package io.understudy.server.session;

import io.understudy.proto.v1.WireError;
import io.understudy.server.frame.Chunk;
import io.understudy.server.frame.FrameException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A session's checkpoint on its way out or in, part by part. It holds the sequence number, the time
 * and all that the banks remember; what OPEN said of them is the client's to bring.
 */
final class SessionCheckpoint {
  /** Most bytes: more than the largest session has. */
  private static final long MAX_BYTES = 1L << 30;

  private static final long FORMAT = 1;
  private static final int HEADER_BYTES = 4 * Long.BYTES;
  private static final int BANK_BYTES = 4 * Long.BYTES;

  private ByteBuffer saved = ByteBuffer.allocate(0);
  private ByteBuffer restored = ByteBuffer.allocate(0);

  /** Takes the state of the session; {@link #part} then gives it out. */
  void take(long sequence, long timeFs, List<Bank> banks) {
    long total = HEADER_BYTES;
    for (Bank bank : banks) {
      total += BANK_BYTES + bank.savedBytes();
    }
    if (total > MAX_BYTES) {
      throw wrong("checkpoint", total + " bytes", "at most " + MAX_BYTES);
    }
    ByteBuffer into = ByteBuffer.allocate((int) total).order(ByteOrder.LITTLE_ENDIAN);
    into.putLong(FORMAT).putLong(sequence).putLong(timeFs).putLong(banks.size());
    for (Bank bank : banks) {
      bank.save(into);
    }
    saved = into.flip();
  }

  /** The part that begins at an offset; the whole is let go with its last part. */
  Chunk part(long offset) {
    int total = saved.limit();
    if (offset >= total) {
      throw FrameException.protocol("SAVE frame's offset", offset, "0, or below " + total);
    }
    int count = (int) Math.min(Chunk.MAX_BYTES, total - offset);
    Chunk part = new Chunk(total, offset, saved.slice((int) offset, count));
    if (offset + count == total) {
      saved = ByteBuffer.allocate(0);
    }
    return part;
  }

  /**
   * Adds a part of what RESTORE brings; memory grows with what has come.
   *
   * @return bytes that are there
   */
  long add(Chunk part) {
    if (part.offset() != restored.position()) {
      throw FrameException.protocol(
          "RESTORE frame's offset", part.offset(), restored.position() + "");
    }
    if (part.total() > MAX_BYTES) {
      throw wrong("checkpoint", part.total() + " bytes", "at most " + MAX_BYTES);
    }
    int count = part.bytes().remaining();
    if (restored.remaining() < count) {
      long grown = Math.max(restored.position() + (long) count, 2L * restored.capacity());
      restored =
          ByteBuffer.allocate((int) Math.min(grown, part.total()))
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(restored.flip());
    }
    restored.put(part.bytes());
    return restored.position();
  }

  /** What has come, from 0; it is let go. */
  ByteBuffer whole() {
    ByteBuffer whole = restored.flip();
    restored = ByteBuffer.allocate(0);
    return whole;
  }

  /**
   * Puts banks that were just opened into their saved state.
   *
   * @return the saved time in fs
   */
  static long putBack(ByteBuffer from, long sequence, List<Bank> banks) {
    if (from.remaining() < HEADER_BYTES) {
      throw wrong("checkpoint", from.remaining() + " bytes", "at least " + HEADER_BYTES);
    }
    check("checkpoint's format", from.getLong(), FORMAT);
    check("checkpoint's sequence", from.getLong(), sequence);
    long timeFs = from.getLong();
    check("checkpoint's banks", from.getLong(), banks.size());
    for (Bank bank : banks) {
      bank.restore(from);
    }
    check("checkpoint's bytes left", from.remaining(), 0);
    return timeFs;
  }

  private static void check(String thing, long value, long expected) {
    if (value != expected) {
      throw wrong(thing, value, String.valueOf(expected));
    }
  }

  static FrameException wrong(String thing, Object value, String expected) {
    return FrameException.of(WireError.WIRE_ERROR_CHECKPOINT, thing, value, expected);
  }
}
