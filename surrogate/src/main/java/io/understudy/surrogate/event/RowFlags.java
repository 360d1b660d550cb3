package io.understudy.surrogate.event;

/** Bits that qualify an answered row; the numbers are those of the wire (docs/protocol.md). */
public final class RowFlags {
  public static final int E1 = 1;
  public static final int E2 = 2;
  public static final int E3 = 4;
  public static final int OUT_OF_RANGE = 8;
  public static final int SATURATED = 16;
  public static final int LATENCY_CLAMPED = 32;
  public static final int OUTPUT_MISSED = 64;

  private RowFlags() {}
}
