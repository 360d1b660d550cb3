package io.understudy.server.frame;

import java.nio.ByteBuffer;

/** Whole arrays at a frame's position, which they move; room must be there. */
final class FrameArrays {
  private FrameArrays() {}

  /** Writes u32 and pads to 8. */
  static void putInts(FrameBuffer frame, int[] values, int count) {
    ByteBuffer bytes = frame.bytes();
    int at = bytes.position();
    frame.ints().put(at / Integer.BYTES, values, 0, count);
    bytes.position(at + count * Integer.BYTES);
    if (count % 2 != 0) {
      bytes.putInt(0);
    }
  }

  static void putLongs(FrameBuffer frame, long[] values, int count) {
    ByteBuffer bytes = frame.bytes();
    int at = bytes.position();
    frame.longs().put(at / Long.BYTES, values, 0, count);
    bytes.position(at + count * Long.BYTES);
  }

  static void putDoubles(FrameBuffer frame, double[] values, int count) {
    ByteBuffer bytes = frame.bytes();
    int at = bytes.position();
    frame.doubles().put(at / Double.BYTES, values, 0, count);
    bytes.position(at + count * Double.BYTES);
  }

  /** Reads u32 and their padding. */
  static void getInts(FrameBuffer frame, int[] values, int count) {
    ByteBuffer bytes = frame.bytes();
    int at = bytes.position();
    int end = FramePayload.padded(at + count * Integer.BYTES);
    FramePayload.require(bytes, end - at);
    frame.ints().get(at / Integer.BYTES, values, 0, count);
    bytes.position(end);
  }

  static void getLongs(FrameBuffer frame, long[] values, int count) {
    ByteBuffer bytes = frame.bytes();
    int at = bytes.position();
    FramePayload.require(bytes, (long) count * Long.BYTES);
    frame.longs().get(at / Long.BYTES, values, 0, count);
    bytes.position(at + count * Long.BYTES);
  }

  static void getDoubles(FrameBuffer frame, double[] values, int count) {
    ByteBuffer bytes = frame.bytes();
    int at = bytes.position();
    FramePayload.require(bytes, (long) count * Double.BYTES);
    frame.doubles().get(at / Double.BYTES, values, 0, count);
    bytes.position(at + count * Double.BYTES);
  }
}
