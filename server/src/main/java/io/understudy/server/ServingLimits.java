package io.understudy.server;

import io.understudy.proto.v1.WireConstant;

/**
 * What all clients together, and each connection, may use of a server.
 *
 * @param sessions most sessions at once
 * @param frameBytes longest frame that is taken, in bytes after its length field
 * @param framesInFlight most frames that a client may have sent beyond the one being answered
 * @param helloTimeoutMs how long a connection may take to say HELLO
 * @param idleTimeoutMs how long a session may be without a frame
 * @param drainTimeoutMs how long a stopping server waits for frames in work
 */
public record ServingLimits(
    int sessions,
    int frameBytes,
    int framesInFlight,
    int helloTimeoutMs,
    int idleTimeoutMs,
    int drainTimeoutMs) {
  /** The limits of a server that nobody configured. */
  public static final ServingLimits DEFAULT =
      new ServingLimits(
          1_024, WireConstant.WIRE_MAX_FRAME_BYTES_VALUE, 64, 10_000, 86_400_000, 5_000);

  /** No limit is worth less: a HELLO must fit. */
  private static final int MIN_FRAME_BYTES = 1_024;

  public ServingLimits {
    check("sessions", sessions, 1, Integer.MAX_VALUE);
    check("frame bytes", frameBytes, MIN_FRAME_BYTES, WireConstant.WIRE_MAX_FRAME_BYTES_VALUE);
    check("frames in flight", framesInFlight, 1, Integer.MAX_VALUE);
    check("hello timeout in ms", helloTimeoutMs, 1, Integer.MAX_VALUE);
    check("idle timeout in ms", idleTimeoutMs, 1, Integer.MAX_VALUE);
    check("drain timeout in ms", drainTimeoutMs, 0, Integer.MAX_VALUE);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ServerException(
          name
              + ": "
              + value
              + " (expected: "
              + least
              + (most == Integer.MAX_VALUE ? " or more)" : " to " + most + ")"));
    }
  }

  /** The same with other bounds on sessions and their greeting. */
  public ServingLimits withSessions(int most, int helloMs) {
    return new ServingLimits(
        most, frameBytes, framesInFlight, helloMs, idleTimeoutMs, drainTimeoutMs);
  }

  /** The same with other bounds on one connection's frames. */
  public ServingLimits withFrames(int mostBytes, int mostInFlight) {
    return new ServingLimits(
        sessions, mostBytes, mostInFlight, helloTimeoutMs, idleTimeoutMs, drainTimeoutMs);
  }

  /** The same with another idle time. */
  public ServingLimits withIdleTimeoutMs(int idleMs) {
    return new ServingLimits(
        sessions, frameBytes, framesInFlight, helloTimeoutMs, idleMs, drainTimeoutMs);
  }
}
