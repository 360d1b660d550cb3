package io.understudy.server.transport.netty;

import io.netty.buffer.ByteBuf;

/** Counts the frames in bytes that wait for their turn, by their length fields alone. */
final class WaitingFrames {
  private int count;
  private int lengthBytes;
  private int length;
  private long rest;

  /** Adds bytes that follow those that were added before. */
  void add(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end) {
      if (rest > 0) {
        int step = (int) Math.min(rest, end - at);
        at += step;
        rest -= step;
        continue;
      }
      length |= (bytes.getByte(at++) & 0xFF) << (Byte.SIZE * lengthBytes++);
      if (lengthBytes == Integer.BYTES) {
        count++;
        rest = Integer.toUnsignedLong(length);
        lengthBytes = 0;
        length = 0;
      }
    }
  }

  /** Frames that have begun. */
  int count() {
    return count;
  }

  /** Starts anew at a frame's start. */
  void clear() {
    count = 0;
    lengthBytes = 0;
    length = 0;
    rest = 0;
  }
}
