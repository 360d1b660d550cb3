package io.understudy.characterizer.evaluate;

import java.math.BigDecimal;
import java.math.MathContext;

/** Keeps a report short: no error is known to more digits. */
public final class Digits {
  private static final MathContext FIVE = new MathContext(5);

  private Digits() {}

  /** The value to five significant digits; null where it is not finite. */
  public static Double of(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(FIVE).doubleValue() : null;
  }
}
