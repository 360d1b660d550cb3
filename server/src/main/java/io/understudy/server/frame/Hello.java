package io.understudy.server.frame;

import io.understudy.proto.v1.FrameType;
import java.nio.ByteBuffer;

/**
 * The client's first frame.
 *
 * @param client the client's name, for logs
 * @param token the session's, as WELCOME gave it; none for a new session
 */
public record Hello(String client, SessionToken token) {
  private static final byte[] MAGIC = FramePayload.utf8("UNDRSTDY");

  private static final int FIXED_BYTES = 26;

  /** The wish for a new session. */
  public Hello(String client) {
    this(client, SessionToken.NONE);
  }

  /** Encodes the frame. */
  public void encode(FrameBuffer frame, long sequence) {
    byte[] name = FramePayload.shortUtf8(client, "client's name");
    ByteBuffer bytes =
        frame.start(FrameType.FRAME_TYPE_HELLO_VALUE, sequence, 0, FIXED_BYTES + name.length);
    bytes.put(MAGIC);
    token.write(bytes);
    bytes.putShort((short) name.length).put(name);
    frame.finish();
  }

  /** Decodes the frame. */
  public static Hello decode(ByteBuffer frame) {
    ByteBuffer bytes = FramePayload.begin(frame, FrameType.FRAME_TYPE_HELLO_VALUE);
    FramePayload.require(bytes, FIXED_BYTES);
    for (byte expected : MAGIC) {
      if (bytes.get() != expected) {
        throw FrameException.protocol("HELLO frame's magic", hex(bytes), "the 8 bytes of UNDRSTDY");
      }
    }
    SessionToken token = SessionToken.read(bytes);
    int length = Short.toUnsignedInt(bytes.getShort());
    Hello hello = new Hello(FramePayload.text(bytes, length, "client's name"), token);
    FramePayload.end(bytes);
    return hello;
  }

  private static String hex(ByteBuffer bytes) {
    return String.format("%016x", Long.reverseBytes(bytes.getLong(FrameHeader.BYTES)));
  }
}
