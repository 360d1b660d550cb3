package io.understudy.characterizer.extract;

import java.math.BigDecimal;

/** The boundaries of a run's periods, or of some of them. */
public final class PeriodClock {
  private final long first;
  private final double[] boundaryS;

  /**
   * All periods of a run.
   *
   * @param periodFs the period in fs
   * @param periods number of periods
   */
  public PeriodClock(long periodFs, long periods) {
    this(periodFs, 0, periods);
  }

  /**
   * Some periods of a run.
   *
   * @param periodFs the period in fs
   * @param first number of the first of them
   * @param periods number of periods
   */
  public PeriodClock(long periodFs, long first, long periods) {
    this.first = first;
    boundaryS = new double[Math.toIntExact(periods + 1)];
    for (int k = 0; k < boundaryS.length; k++) {
      boundaryS[k] = BigDecimal.valueOf(periodFs * (first + k), 15).doubleValue();
    }
  }

  /** Number of the first period. */
  public long first() {
    return first;
  }

  /** Number of periods. */
  public int periods() {
    return boundaryS.length - 1;
  }

  /** Start of a period in s; of the period after the last: the end. */
  public double startS(long period) {
    return boundaryS[(int) (period - first)];
  }
}
