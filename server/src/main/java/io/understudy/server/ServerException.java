package io.understudy.server;

/** A server that cannot start: names the thing, its value and what was expected. */
public final class ServerException extends RuntimeException {
  public ServerException(String message) {
    super(message);
  }

  public ServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
