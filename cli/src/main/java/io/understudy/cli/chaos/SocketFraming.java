package io.understudy.cli.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/** Frames as they are on a socket, each behind its length: each is a crossing. */
final class SocketFraming implements Framing {
  private static final int MAX_FRAME_BYTES = 1 << 26;

  @Override
  public Piece next(ReadableByteChannel from) throws IOException {
    byte[] length = Framing.read(from, new byte[0], Integer.BYTES);
    if (length == null) {
      return null;
    }
    int count = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (count < 0 || count > MAX_FRAME_BYTES) {
      return null;
    }
    byte[] frame = Framing.read(from, length, count);
    return frame == null ? null : new Piece(frame, true);
  }
}
