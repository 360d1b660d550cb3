package io.understudy.cli.chaos;

/** How a server ends in a disturbed run. */
public enum Ending {
  /** {@code kill -9} at a crossing. */
  KILL,
  /** SIGTERM after a crossing: it drains. */
  TERM
}
