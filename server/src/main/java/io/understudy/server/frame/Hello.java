package io.understudy.server.frame;

import io.understudy.proto.v1.FrameType;
import java.nio.ByteBuffer;

/**
 * The client's first frame.
 *
 * @param client the client's name, for logs
 * @param token the session's, as WELCOME gave it; none for a new session
 * @param access the token that lets it in, empty if it has none
 */
public record Hello(String client, SessionToken token, String access) {
  private static final byte[] MAGIC = FramePayload.utf8("UNDRSTDY");

  private static final int FIXED_BYTES = 26;

  /** Of a new session and a client that has no access token. */
  public Hello(String client) {
    this(client, SessionToken.NONE, "");
  }

  /** Of a new session. */
  public Hello(String client, String access) {
    this(client, SessionToken.NONE, access);
  }

  /** Encodes the frame. */
  public void encode(FrameBuffer frame, long sequence) {
    byte[] name = FramePayload.shortUtf8(client, "client's name");
    byte[] secret = FramePayload.shortUtf8(access, "access token");
    ByteBuffer bytes =
        frame.start(
            FrameType.FRAME_TYPE_HELLO_VALUE,
            sequence,
            0,
            FIXED_BYTES + 2 + name.length + secret.length);
    bytes.put(MAGIC);
    token.write(bytes);
    bytes.putShort((short) name.length).put(name);
    if (secret.length > 0) {
      bytes.putShort((short) secret.length).put(secret);
    }
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
    String client =
        FramePayload.text(bytes, Short.toUnsignedInt(bytes.getShort()), "client's name");
    String access = "";
    if (bytes.hasRemaining()) {
      FramePayload.require(bytes, Short.BYTES);
      access = FramePayload.text(bytes, Short.toUnsignedInt(bytes.getShort()), "access token");
    }
    Hello hello = new Hello(client, token, access);
    FramePayload.end(bytes);
    return hello;
  }

  /**
   * Overwrites the access token of an encoded HELLO with zeros, for whoever keeps the frame. Its
   * lengths stay, its checksum does not fit any more. In a malformed one all behind the name's
   * length goes.
   *
   * @param frame from index 0; a whole frame, with or without its checksum
   */
  public static void eraseAccess(ByteBuffer frame) {
    int end = Math.min(FrameHeader.frameBytes(frame) - FrameCheck.TRAILER_BYTES, frame.limit());
    int name = FrameHeader.BYTES + FIXED_BYTES;
    if (end < name) {
      return;
    }
    int behind = name + Short.toUnsignedInt(frame.getShort(name - Short.BYTES));
    for (int at = behind > end ? name : behind + Short.BYTES; at < end; at++) {
      frame.put(at, (byte) 0);
    }
  }

  /** Without the access token, which is nobody's to read. */
  @Override
  public String toString() {
    return "Hello[client=" + client + "]";
  }

  private static String hex(ByteBuffer bytes) {
    return String.format("%016x", Long.reverseBytes(bytes.getLong(FrameHeader.BYTES)));
  }
}
