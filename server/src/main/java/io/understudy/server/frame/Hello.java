package io.understudy.server.frame;

import io.understudy.proto.v1.FrameType;
import java.nio.ByteBuffer;

/**
 * The client's first frame.
 *
 * @param client the client's name, for logs
 */
public record Hello(String client) {
  private static final byte[] MAGIC = FramePayload.utf8("UNDRSTDY");

  /** Encodes the frame. */
  public void encode(FrameBuffer frame, long sequence) {
    byte[] name = FramePayload.shortUtf8(client, "client's name");
    ByteBuffer bytes = frame.start(FrameType.FRAME_TYPE_HELLO_VALUE, sequence, 0, 10 + name.length);
    bytes.put(MAGIC).putShort((short) name.length).put(name);
    frame.finish();
  }

  /** Decodes the frame. */
  public static Hello decode(ByteBuffer frame) {
    ByteBuffer bytes = FramePayload.begin(frame, FrameType.FRAME_TYPE_HELLO_VALUE);
    FramePayload.require(bytes, 10);
    for (byte expected : MAGIC) {
      if (bytes.get() != expected) {
        throw FrameException.protocol("HELLO frame's magic", hex(bytes), "the 8 bytes of UNDRSTDY");
      }
    }
    Hello hello =
        new Hello(FramePayload.text(bytes, Short.toUnsignedInt(bytes.getShort()), "client's name"));
    FramePayload.end(bytes);
    return hello;
  }

  private static String hex(ByteBuffer bytes) {
    return String.format("%016x", Long.reverseBytes(bytes.getLong(FrameHeader.BYTES)));
  }
}
