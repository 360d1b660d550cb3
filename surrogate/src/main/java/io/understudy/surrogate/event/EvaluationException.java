package io.understudy.surrogate.event;

/**
 * An event that cannot be evaluated: names the instance, the thing, its value and what was
 * expected.
 */
public final class EvaluationException extends RuntimeException {
  public EvaluationException(String message) {
    super(message);
  }
}
