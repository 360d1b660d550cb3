package io.understudy.characterizer.dataset;

/** A dataset that cannot be used or made: names the file, run, event and what was expected. */
public final class DatasetException extends RuntimeException {
  public DatasetException(String message) {
    super(message);
  }

  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
