package io.understudy.server.frame;

import io.understudy.proto.v1.FrameType;
import java.nio.ByteBuffer;

/**
 * The answer to {@link Hello}.
 *
 * @param session the session's number
 * @param server the server's name and version
 */
public record Welcome(long session, String server) {
  /** Encodes the frame. */
  public void encode(FrameBuffer frame, long sequence) {
    byte[] name = FramePayload.shortUtf8(server, "server's name");
    ByteBuffer bytes =
        frame.start(FrameType.FRAME_TYPE_WELCOME_VALUE, sequence, 0, 10 + name.length);
    bytes.putLong(session).putShort((short) name.length).put(name);
    frame.finish();
  }

  /** Decodes the frame. */
  public static Welcome decode(ByteBuffer frame) {
    ByteBuffer bytes = FramePayload.begin(frame, FrameType.FRAME_TYPE_WELCOME_VALUE);
    FramePayload.require(bytes, 10);
    long session = bytes.getLong();
    int length = Short.toUnsignedInt(bytes.getShort());
    Welcome welcome = new Welcome(session, FramePayload.text(bytes, length, "server's name"));
    FramePayload.end(bytes);
    return welcome;
  }
}
