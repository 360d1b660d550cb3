package io.understudy.cli.chaos;

/** What happens to a frame on its way. */
interface Disturbance {
  /** Nothing. */
  Disturbance NONE = (toServer, number, frame) -> Fate.PASS;

  /** Fates of a frame. */
  enum Fate {
    PASS,
    /** It does not arrive. */
    DROP,
    /** It arrives late. */
    DELAY,
    /** Half of it arrives, then the connection ends. */
    CUT,
    /** It arrives twice. */
    DUPLICATE,
    /** It arrives after the next one. */
    REORDER,
    /** Some of its bytes are others. */
    GARBLE,
    /** The server dies before it arrives. */
    KILL_BEFORE,
    /** The server dies when half of it has been sent. */
    KILL_WITHIN,
    /** The server dies when it has been sent. */
    KILL_AFTER,
    /** It arrives; then the server gets SIGTERM and ends the connection itself. */
    TERMINATE
  }

  /**
   * Decides.
   *
   * @param toServer its direction
   * @param number counted over all connections of a run, in its direction, from 1
   * @param frame its bytes, which a garbling may change
   */
  Fate of(boolean toServer, long number, byte[] frame);
}
