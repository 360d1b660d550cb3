package io.understudy.server.client;

import io.understudy.proto.v1.WireError;

/** A session that ended by an error: the server's ERROR, a lost connection or a missed deadline. */
public final class CrossingException extends RuntimeException {
  private final WireError code;

  /**
   * @param code the server's code; unspecified when the server did not say it
   */
  public CrossingException(WireError code, String message) {
    super(message);
    this.code = code;
  }

  CrossingException(String message) {
    this(WireError.WIRE_ERROR_UNSPECIFIED, message);
  }

  /** The server's code; unspecified when the server did not say it. */
  public WireError code() {
    return code;
  }
}
