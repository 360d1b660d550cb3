package io.understudy.server.frame;

import io.understudy.proto.v1.FrameType;
import java.nio.ByteBuffer;

/**
 * The answer to {@link Hello}.
 *
 * @param session the session's number
 * @param token what identifies it: by it the client claims it at whichever server
 * @param server the server's name and version
 */
public record Welcome(long session, SessionToken token, String server) {
  private static final int FIXED_BYTES = 26;

  /** Encodes the frame. */
  public void encode(FrameBuffer frame, long sequence) {
    byte[] name = FramePayload.shortUtf8(server, "server's name");
    ByteBuffer bytes =
        frame.start(FrameType.FRAME_TYPE_WELCOME_VALUE, sequence, 0, FIXED_BYTES + name.length);
    bytes.putLong(session);
    token.write(bytes);
    bytes.putShort((short) name.length).put(name);
    frame.finish();
  }

  /** Decodes the frame. */
  public static Welcome decode(ByteBuffer frame) {
    ByteBuffer bytes = FramePayload.begin(frame, FrameType.FRAME_TYPE_WELCOME_VALUE);
    FramePayload.require(bytes, FIXED_BYTES);
    long session = bytes.getLong();
    SessionToken token = SessionToken.read(bytes);
    int length = Short.toUnsignedInt(bytes.getShort());
    Welcome welcome =
        new Welcome(session, token, FramePayload.text(bytes, length, "server's name"));
    FramePayload.end(bytes);
    return welcome;
  }
}
