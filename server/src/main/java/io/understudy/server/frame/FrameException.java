package io.understudy.server.frame;

import io.understudy.proto.v1.WireError;

/**
 * A reason to end a session, with its code on the wire; the message names the thing, its value and
 * what was expected.
 */
public final class FrameException extends RuntimeException {
  private final WireError code;

  /**
   * @param code the code that the ERROR frame carries
   * @param message the text that it carries
   */
  public FrameException(WireError code, String message) {
    super(message);
    this.code = code;
  }

  /** An error in the form {@code thing: value (expected: ...)}. */
  public static FrameException of(WireError code, String thing, Object value, String expected) {
    return new FrameException(code, thing + ": " + value + " (expected: " + expected + ")");
  }

  /** A breach of the protocol in the form {@code thing: value (expected: ...)}. */
  public static FrameException protocol(String thing, Object value, String expected) {
    return of(WireError.WIRE_ERROR_PROTOCOL, thing, value, expected);
  }

  /** The code on the wire. */
  public WireError code() {
    return code;
  }
}
