package io.understudy.cli.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Tells the crossings in one direction of a connection apart. It has the state of that alone. */
interface Framing {
  /**
   * Bytes that travel together.
   *
   * @param isCrossing whether a crossing's frame is complete with them
   */
  record Piece(byte[] bytes, boolean isCrossing) {}

  /** The next piece, or null at the stream's end. */
  Piece next(ReadableByteChannel from) throws IOException;

  /**
   * Reads so many bytes behind others.
   *
   * @param before what was read of the piece; stands first in the result
   * @param count more that are wanted
   * @return null where the stream ends before
   */
  static byte[] read(ReadableByteChannel from, byte[] before, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(before.length + count).put(before);
    while (bytes.hasRemaining()) {
      if (from.read(bytes) < 0) {
        return null;
      }
    }
    return bytes.array();
  }
}
