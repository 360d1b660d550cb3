package io.understudy.server.access;

/** A server that must not start so, or a certificate or token that cannot be used. */
public final class AccessException extends RuntimeException {
  public AccessException(String message) {
    super(message);
  }

  public AccessException(String message, Throwable cause) {
    super(message, cause);
  }
}
