package io.understudy.server.frame;

import io.understudy.proto.v1.WireConstant;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * What identifies a session, whichever server it is at: 128 random bits.
 *
 * @param high the first 8 bytes on the wire
 * @param low the other 8
 */
public record SessionToken(long high, long low) {
  /** In place of a token that is not yet given. */
  public static final SessionToken NONE = new SessionToken(0, 0);

  static final int BYTES = WireConstant.WIRE_TOKEN_BYTES_VALUE;

  /** A new one. */
  public static SessionToken random(SecureRandom source) {
    byte[] bytes = new byte[BYTES];
    SessionToken token;
    do {
      source.nextBytes(bytes);
      token = read(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    } while (token.equals(NONE));
    return token;
  }

  static SessionToken read(ByteBuffer bytes) {
    return new SessionToken(bytes.getLong(), bytes.getLong());
  }

  void write(ByteBuffer bytes) {
    bytes.putLong(high).putLong(low);
  }

  /** Says which it is and does not give it away: whoever has a token can claim the session. */
  @Override
  public String toString() {
    return "token of hash " + Integer.toHexString(hashCode());
  }
}
