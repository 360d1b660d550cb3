package io.understudy.characterizer.train;

/**
 * A surrogate that cannot be trained: names the predictor or file, the value and what was expected.
 */
public final class TrainingException extends RuntimeException {
  public TrainingException(String message) {
    super(message);
  }

  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
