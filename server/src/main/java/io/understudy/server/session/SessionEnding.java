package io.understudy.server.session;

/** How a session ended. */
public enum SessionEnding {
  /** The client closed it and got its summary. */
  CLOSED,
  /** An error ended it. */
  FAILED,
  /** The connection was lost. */
  VANISHED
}
