package io.understudy.server.frame;

import io.understudy.proto.v1.WireConstant;
import io.understudy.proto.v1.WireError;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The two checksums of a frame: a short one of its header, so that a wrong length is not waited
 * for, and CRC-32C of all that stands before the trailer.
 */
public final class FrameCheck {
  /** Bytes of the trailer. */
  public static final int TRAILER_BYTES = WireConstant.WIRE_TRAILER_BYTES_VALUE;

  /** An odd number without pattern: 2^64 over the golden ratio. */
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private FrameCheck() {}

  /** The header's check, 16 bits, from its other fields. */
  public static short header(int length, int version, int type, long sequence, long timeFs) {
    long first = Integer.toUnsignedLong(length) | (long) version << 32 | (long) type << 40;
    return (short) ((((first * MIX) + sequence) * MIX + timeFs) * MIX >>> 48);
  }

  /** Whether the 24 bytes of a header fit together. */
  static boolean isHeader(ByteBuffer bytes) {
    return bytes.getShort(6)
        == header(
            bytes.getInt(0),
            Byte.toUnsignedInt(bytes.get(4)),
            FrameHeader.type(bytes),
            FrameHeader.sequence(bytes),
            FrameHeader.timeFs(bytes));
  }

  /** CRC-32C of a frame's bytes from 0 to {@code end}; position and limit stay. */
  static int crc(CRC32C crc, ByteBuffer bytes, int end) {
    int position = bytes.position();
    int limit = bytes.limit();
    crc.reset();
    bytes.limit(end).position(0);
    crc.update(bytes);
    bytes.limit(limit).position(position);
    return (int) crc.getValue();
  }

  /** The checksum that a complete frame carries. */
  public static int trailer(ByteBuffer frame) {
    return frame.getInt(FrameHeader.frameBytes(frame) - TRAILER_BYTES);
  }

  /**
   * Checks a complete frame whose header was checked.
   *
   * @throws FrameException when its bytes are not those that were sent
   */
  public static void verify(ByteBuffer frame) {
    verify(new CRC32C(), frame);
  }

  static void verify(CRC32C crc, ByteBuffer frame) {
    int actual = crc(crc, frame, FrameHeader.frameBytes(frame) - TRAILER_BYTES);
    if (actual != trailer(frame)) {
      throw FrameException.of(
          WireError.WIRE_ERROR_CHECKSUM,
          FrameHeader.typeName(FrameHeader.type(frame))
              + " frame "
              + Long.toUnsignedString(FrameHeader.sequence(frame))
              + "'s checksum",
          String.format("%08x", trailer(frame)),
          String.format("%08x, of its bytes", actual));
    }
  }
}
