package io.understudy.cli;

/** What the command line's exit statuses mean. */
public final class ExitStatus {
  public static final int OK = 0;

  /** A verdict against: a regression failed. */
  public static final int VERDICT = 1;

  /** Wrong use: an argument, a file or a model that cannot be used. */
  public static final int USAGE = 2;

  /** The simulation could not be completed: server lost, simulator failed. */
  public static final int INCOMPLETE = 3;

  private ExitStatus() {}
}
