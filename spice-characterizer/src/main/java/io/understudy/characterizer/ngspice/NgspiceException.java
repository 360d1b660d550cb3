package io.understudy.characterizer.ngspice;

/** A run of ngspice that gave no complete result: names the run and what ngspice said last. */
public final class NgspiceException extends RuntimeException {
  public NgspiceException(String message) {
    super(message);
  }

  public NgspiceException(String message, Throwable cause) {
    super(message, cause);
  }
}
