package io.understudy.surrogate.circuit;

/**
 * A circuit description that cannot be used: names the file, the key, the value and what was
 * expected.
 */
public final class CircuitException extends RuntimeException {
  public CircuitException(String message) {
    super(message);
  }

  public CircuitException(String message, Throwable cause) {
    super(message, cause);
  }
}
