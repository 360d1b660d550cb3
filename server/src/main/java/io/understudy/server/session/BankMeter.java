package io.understudy.server.session;

import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.RowFlags;
import io.understudy.surrogate.event.StepRows;

/** What one bank has told the meter so far: each step tells what has come since. */
final class BankMeter {
  private long crossings;
  private long e1;
  private long e2;
  private long e3;
  private long flagged;

  /** What the bank was restored with is told already. */
  void restored(BankTotals totals) {
    crossings = totals.crossings;
    e1 = totals.e1;
    e2 = totals.e2;
    e3 = totals.e3;
    flagged = totals.flagged;
  }

  void step(BankTotals totals, StepRows rows, SessionMeter meter) {
    meter.events(totals.crossings - crossings, totals.e1 - e1, totals.e2 - e2, totals.e3 - e3);
    crossings = totals.crossings;
    e1 = totals.e1;
    e2 = totals.e2;
    e3 = totals.e3;
    if (totals.flagged != flagged) {
      flagged = totals.flagged;
      flags(rows, meter);
    }
  }

  private static void flags(StepRows rows, SessionMeter meter) {
    long outOfRange = 0;
    long saturated = 0;
    long latencyClamped = 0;
    long outputMissed = 0;
    for (int row = 0; row < rows.answers; row++) {
      int flags = rows.flags[row];
      outOfRange += (flags & RowFlags.OUT_OF_RANGE) == 0 ? 0 : 1;
      saturated += (flags & RowFlags.SATURATED) == 0 ? 0 : 1;
      latencyClamped += (flags & RowFlags.LATENCY_CLAMPED) == 0 ? 0 : 1;
      outputMissed += (flags & RowFlags.OUTPUT_MISSED) == 0 ? 0 : 1;
    }
    meter.flags(outOfRange, saturated, latencyClamped, outputMissed);
  }
}
