package io.understudy.surrogate.event;

/** A stimulus that cannot be used: names the file, row, column, value and what was expected. */
public final class StimulusException extends RuntimeException {
  public StimulusException(String message) {
    super(message);
  }

  public StimulusException(String message, Throwable cause) {
    super(message, cause);
  }
}
