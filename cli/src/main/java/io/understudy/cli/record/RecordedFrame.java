package io.understudy.cli.record;

import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameCheck;
import io.understudy.server.frame.FrameException;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.Hello;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A frame as a record holds it: its bytes; of a request without the checksum, which the server
 * takes off when it has checked it.
 */
public final class RecordedFrame {
  private RecordedFrame() {}

  /** The type's number. */
  public static int type(byte[] recorded) {
    return FrameHeader.type(head(recorded));
  }

  /** Simulation time in fs. */
  public static long timeFs(byte[] recorded) {
    return FrameHeader.timeFs(head(recorded));
  }

  /**
   * Puts the whole frame into a buffer, ready to be read from 0.
   *
   * @throws FrameException when it is shorter or longer than its header says
   */
  public static void read(byte[] recorded, FrameBuffer into) {
    int whole = FrameHeader.frameBytes(head(recorded));
    into.bytes().clear();
    into.reserve(recorded.length);
    ByteBuffer bytes = into.bytes().put(recorded);
    if (recorded.length == whole - FrameCheck.TRAILER_BYTES) {
      into.finish();
    } else if (recorded.length == whole) {
      bytes.flip();
    } else {
      throw tooShort(recorded, whole + " bytes");
    }
  }

  /**
   * Takes the access token out of a HELLO that is to be recorded: a record is passed on.
   *
   * @param hello gets zeros in the token's place
   * @param count its bytes
   * @return those to be recorded: without the checksum, which no longer fits
   */
  static int eraseAccess(byte[] hello, int count) {
    ByteBuffer bytes = ByteBuffer.wrap(hello, 0, count).order(ByteOrder.LITTLE_ENDIAN);
    Hello.eraseAccess(bytes);
    return Math.min(count, FrameHeader.frameBytes(bytes) - FrameCheck.TRAILER_BYTES);
  }

  private static ByteBuffer head(byte[] recorded) {
    if (recorded.length < FrameHeader.BYTES) {
      throw tooShort(recorded, "at least " + FrameHeader.BYTES);
    }
    return ByteBuffer.wrap(recorded).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static FrameException tooShort(byte[] recorded, String expected) {
    return FrameException.protocol("recorded frame", recorded.length + " bytes", expected);
  }
}
