package io.understudy.characterizer;

/** A characterization or golden replay that could not be completed: names the run. */
public final class CharacterizationException extends RuntimeException {
  public CharacterizationException(String message) {
    super(message);
  }

  public CharacterizationException(String message, Throwable cause) {
    super(message, cause);
  }
}
