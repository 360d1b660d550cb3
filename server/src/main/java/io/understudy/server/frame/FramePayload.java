package io.understudy.server.frame;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Checked reading of a payload: what is missing, too much or malformed is named. */
final class FramePayload {
  private FramePayload() {}

  /** Moves to the payload's start, ends at the checksum, and checks the frame's type. */
  static ByteBuffer begin(ByteBuffer bytes, int type) {
    int actual = FrameHeader.type(bytes);
    if (actual != type) {
      throw FrameException.protocol(
          "frame", FrameHeader.typeName(actual), FrameHeader.typeName(type));
    }
    int end = FrameHeader.frameBytes(bytes) - FrameCheck.TRAILER_BYTES;
    if (end < FrameHeader.BYTES || end > bytes.capacity()) {
      throw FrameException.protocol(
          name(bytes), end + " bytes", "at least " + FrameHeader.BYTES + " before the checksum");
    }
    return bytes.limit(end).position(FrameHeader.BYTES);
  }

  /** Checks that so many bytes follow. */
  static void require(ByteBuffer bytes, long count) {
    if (count < 0 || bytes.remaining() < count) {
      throw FrameException.protocol(
          name(bytes), bytes.limit() + " bytes", "at least " + (bytes.position() + count));
    }
  }

  /** Checks that the frame ends here. */
  static void end(ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      throw FrameException.protocol(name(bytes), bytes.limit() + " bytes", bytes.position() + "");
    }
  }

  /** Reads a reserved field. */
  static void reserved(ByteBuffer bytes) {
    require(bytes, Integer.BYTES);
    int value = bytes.getInt();
    if (value != 0) {
      throw FrameException.protocol(
          name(bytes) + "'s reserved field", Integer.toUnsignedString(value), "0");
    }
  }

  /** Reads UTF-8 text of so many bytes. */
  static String text(ByteBuffer bytes, int count, String what) {
    require(bytes, count);
    ByteBuffer part = bytes.slice(bytes.position(), count);
    bytes.position(bytes.position() + count);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw FrameException.protocol(name(bytes) + "'s " + what, count + " bytes", "UTF-8");
    }
  }

  /** Encodes text. */
  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Encodes text whose length must fit a u16. */
  static byte[] shortUtf8(String text, String what) {
    byte[] bytes = utf8(text);
    if (bytes.length > 0xFFFF) {
      throw FrameException.protocol(what, bytes.length + " bytes", "at most 65535");
    }
    return bytes;
  }

  /** The next multiple of 8. */
  static int padded(int at) {
    return (at + 7) & ~7;
  }

  private static String name(ByteBuffer bytes) {
    return FrameHeader.typeName(FrameHeader.type(bytes)) + " frame";
  }
}
