package io.understudy.surrogate.forest;

/**
 * A LightGBM text model that cannot be read: names the model, the line, the value and what was
 * expected.
 */
public final class ForestException extends RuntimeException {
  public ForestException(String message) {
    super(message);
  }
}
