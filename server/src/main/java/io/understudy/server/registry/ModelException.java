package io.understudy.server.registry;

/** A circuit that cannot be served: names it, and what was expected or why it is not to be had. */
public final class ModelException extends RuntimeException {
  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
