package io.understudy.cli.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * A gRPC call on a connection of its own: a piece is a frame of HTTP/2, as it is on the wire. The
 * DATA frames' payloads are messages, each behind its length, and a message holds a crossing's
 * frame: the DATA frame in which a message ends is a crossing. All else (settings, headers, window
 * updates, pings) is none. Neither side pads its DATA frames.
 */
final class GrpcFraming implements Framing {
  /** What a client sends before its first frame. */
  private static final int PREFACE_BYTES = 24;

  /** Length (24 bits), type, flags, stream (32 bits), big-endian. */
  private static final int HEAD_BYTES = 9;

  private static final int TYPE_AT = 3;
  private static final byte DATA = 0;

  /** Compressed or not (8 bits), length (32 bits), big-endian. */
  private static final int PREFIX_BYTES = 5;

  private boolean awaitsPreface;
  private final ByteBuffer prefix = ByteBuffer.allocate(PREFIX_BYTES);

  /** Bytes of the message, once its prefix is whole, that are still to come. */
  private int left;

  /**
   * @param toServer whether it is the client that sends
   */
  GrpcFraming(boolean toServer) {
    awaitsPreface = toServer;
  }

  @Override
  public Piece next(ReadableByteChannel from) throws IOException {
    byte[] head = Framing.read(from, new byte[0], awaitsPreface ? PREFACE_BYTES : HEAD_BYTES);
    if (head == null || awaitsPreface) {
      awaitsPreface = false;
      return head == null ? null : new Piece(head, false);
    }
    byte[] frame = Framing.read(from, head, ByteBuffer.wrap(head).getInt() >>> Byte.SIZE);
    if (frame == null) {
      return null;
    }
    return new Piece(frame, head[TYPE_AT] == DATA && endsMessage(frame));
  }

  private boolean endsMessage(byte[] frame) {
    boolean ends = false;
    for (int at = HEAD_BYTES; at < frame.length; ) {
      if (prefix.hasRemaining()) {
        prefix.put(frame[at++]);
        left = prefix.hasRemaining() ? 0 : prefix.getInt(1);
      } else {
        int part = Math.min(left, frame.length - at);
        at += part;
        left -= part;
      }
      if (!prefix.hasRemaining() && left == 0) {
        prefix.clear();
        ends = true;
      }
    }
    return ends;
  }
}
