package io.understudy.server.frame;

import io.understudy.proto.v1.FrameType;
import io.understudy.proto.v1.WireConstant;
import io.understudy.proto.v1.WireError;
import java.nio.ByteBuffer;

/** The 24 bytes that every frame starts with, read in place. */
public final class FrameHeader {
  /** Bytes of the header with its length field. */
  public static final int BYTES = WireConstant.WIRE_HEADER_BYTES_VALUE;

  private static final int VERSION = WireConstant.WIRE_PROTOCOL_VERSION_VALUE;
  private static final int MIN_LENGTH = BYTES - Integer.BYTES + FrameCheck.TRAILER_BYTES;

  private FrameHeader() {}

  static void write(ByteBuffer bytes, int type, long sequence, long timeFs) {
    bytes.putInt(0);
    bytes.put((byte) VERSION);
    bytes.put((byte) type);
    bytes.putShort((short) 0);
    bytes.putLong(sequence);
    bytes.putLong(timeFs);
  }

  /** Completes the header of a frame whose payload is written: its length and check. */
  public static void seal(ByteBuffer bytes, int frameBytes) {
    bytes.putInt(0, frameBytes - Integer.BYTES);
    bytes.putShort(
        6,
        FrameCheck.header(
            frameBytes - Integer.BYTES, VERSION, type(bytes), sequence(bytes), timeFs(bytes)));
  }

  /**
   * Checks what can be checked before the payload is there.
   *
   * @throws FrameException when the frame is too short or too long, of another version, or its
   *     check does not fit
   */
  public static void check(ByteBuffer bytes) {
    long length = Integer.toUnsignedLong(bytes.getInt(0));
    int version = Byte.toUnsignedInt(bytes.get(4));
    // A stranger's bytes make an absurd length; the version is the better diagnosis of the two only
    // when the length could be true.
    boolean whole = FrameCheck.isHeader(bytes);
    if (version == VERSION && !whole) {
      throw FrameException.of(
          WireError.WIRE_ERROR_CHECKSUM,
          "frame header's check",
          String.format("%04x", Short.toUnsignedInt(bytes.getShort(6))),
          "what fits its other fields");
    }
    if (length > WireConstant.WIRE_MAX_FRAME_BYTES_VALUE) {
      throw FrameException.of(
          WireError.WIRE_ERROR_FRAME_TOO_LONG,
          "frame length",
          length,
          MIN_LENGTH + " to " + WireConstant.WIRE_MAX_FRAME_BYTES_VALUE);
    }
    if (version != VERSION) {
      throw FrameException.of(
          WireError.WIRE_ERROR_VERSION, "protocol version", version, String.valueOf(VERSION));
    }
    if (length < MIN_LENGTH) {
      throw FrameException.protocol(
          "frame length", length, MIN_LENGTH + " to " + WireConstant.WIRE_MAX_FRAME_BYTES_VALUE);
    }
  }

  /** Bytes of the whole frame, with its length field. */
  public static int frameBytes(ByteBuffer bytes) {
    return bytes.getInt(0) + Integer.BYTES;
  }

  /** The type's number. */
  public static int type(ByteBuffer bytes) {
    return Byte.toUnsignedInt(bytes.get(5));
  }

  /** The sequence number. */
  public static long sequence(ByteBuffer bytes) {
    return bytes.getLong(8);
  }

  /** Simulation time in femtoseconds. */
  public static long timeFs(ByteBuffer bytes) {
    return bytes.getLong(16);
  }

  /** A type's name for errors, {@code STEP} or {@code type 17}. */
  public static String typeName(int type) {
    FrameType known = FrameType.forNumber(type);
    return known == null ? "type " + type : known.name().substring("FRAME_TYPE_".length());
  }
}
