package io.understudy.characterizer.extract;

import java.math.BigDecimal;

/** The boundaries of a run's periods. */
public final class PeriodClock {
  private final double[] boundaryS;

  /**
   * @param periodFs the period in fs
   * @param periods number of periods
   */
  public PeriodClock(long periodFs, long periods) {
    boundaryS = new double[Math.toIntExact(periods + 1)];
    for (int k = 0; k < boundaryS.length; k++) {
      boundaryS[k] = BigDecimal.valueOf(periodFs * k, 15).doubleValue();
    }
  }

  /** Number of periods. */
  public int periods() {
    return boundaryS.length - 1;
  }

  /** Start of a period in s; of period {@code periods()}: the run's end. */
  public double startS(long period) {
    return boundaryS[(int) period];
  }
}
