package io.understudy.server.session;

import io.understudy.proto.v1.WireConstant;

/**
 * What one session may use.
 *
 * @param bankInstances most instances in a bank
 * @param instances most instances in all banks together; one ANSWER must hold all of them
 * @param banks most banks
 */
public record SessionLimits(int bankInstances, int instances, int banks) {
  /** Bytes that an instance and a bank can take in an ANSWER. */
  private static final long ANSWER_ROW_BYTES = 40;

  private static final long ANSWER_BANK_BYTES = 40;

  /** The limits of a server that nobody configured. */
  public static final SessionLimits DEFAULT =
      new SessionLimits(WireConstant.WIRE_MAX_INSTANCES_VALUE, 1_600_000, 1_024);

  public SessionLimits {
    if (bankInstances < 1 || bankInstances > WireConstant.WIRE_MAX_INSTANCES_VALUE) {
      throw new IllegalArgumentException(
          "bankInstances: "
              + bankInstances
              + " (expected: 1 to "
              + WireConstant.WIRE_MAX_INSTANCES_VALUE
              + ")");
    }
    long answerBytes = instances * ANSWER_ROW_BYTES + banks * ANSWER_BANK_BYTES;
    if (instances < 1 || banks < 1 || answerBytes > WireConstant.WIRE_MAX_FRAME_BYTES_VALUE) {
      throw new IllegalArgumentException(
          "instances and banks: "
              + instances
              + " and "
              + banks
              + " (expected: at least 1, and an answer of all of them to fit a frame)");
    }
  }
}
