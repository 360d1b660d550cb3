package io.understudy.mnist.crossbar;

/** The digital activation: a layer's sum of ADC codes to the next layer's DAC code, as a table. */
public final class Sigmoid {
  private static final int MIN = -128;
  private static final int MAX = 127;
  private static final double HEIGHT_V = 0.8;
  private static final double STEEPNESS_PER_V = 11;

  private static final byte[] TABLE = new byte[MAX - MIN + 1];

  static {
    for (int sum = MIN; sum <= MAX; sum++) {
      double v = sum * HEIGHT_V / MAX;
      // StrictMath: the same table on every machine.
      double out = HEIGHT_V / (1 + StrictMath.exp(STEEPNESS_PER_V * v));
      TABLE[sum - MIN] = (byte) Math.rint(out / HEIGHT_V * MAX);
    }
  }

  private Sigmoid() {}

  /** DAC code 0 to 127; beyond 8 bits the sum saturates, where the curve has long been flat. */
  public static int code(int sum) {
    return TABLE[Math.max(MIN, Math.min(MAX, sum)) - MIN];
  }

  /** The table's entries for sums -128 to 127. */
  static byte[] table() {
    return TABLE.clone();
  }
}
