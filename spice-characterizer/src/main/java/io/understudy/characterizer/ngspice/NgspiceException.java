package io.understudy.characterizer.ngspice;

/** A run of ngspice that gave no complete result: names the run and what ngspice said last. */
public final class NgspiceException extends RuntimeException {
  private final double endS;

  public NgspiceException(String message) {
    this(message, Double.NaN);
  }

  /**
   * @param endS where the transient ended too early
   */
  NgspiceException(String message, double endS) {
    super(message);
    this.endS = endS;
  }

  public NgspiceException(String message, Throwable cause) {
    super(message, cause);
    this.endS = cause instanceof NgspiceException inner ? inner.endS : Double.NaN;
  }

  /** Where a transient ended that ended too early, in s; NaN when that is not what happened. */
  public double endS() {
    return endS;
  }
}
