package io.understudy.characterizer.liberty;

/** A Liberty file that cannot be made: names the thing, its value and what was expected. */
public final class LibertyException extends RuntimeException {
  public LibertyException(String message) {
    super(message);
  }
}
