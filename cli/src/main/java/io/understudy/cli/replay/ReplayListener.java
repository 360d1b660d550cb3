package io.understudy.cli.replay;

import io.understudy.server.session.BankListener;
import io.understudy.server.session.BankOpening;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.EventTableWriter;
import io.understudy.surrogate.event.OutsideRange;
import io.understudy.surrogate.event.StepRows;

/**
 * Gathers the events of a replay's banks into one table; a bank of one instance has the instance's
 * number in the stimulus.
 */
final class ReplayListener implements SessionListener {
  private final Circuit circuit;
  private final EventTableWriter table;
  private long outside;
  private OutsideRange firstOutside;

  ReplayListener(Circuit circuit, EventTableWriter table) {
    this.circuit = circuit;
    this.table = table;
  }

  @Override
  public BankListener opened(BankOpening opening) {
    return opened(opening, 0);
  }

  /** For a part of the stimulus, which begins with that instance. */
  SessionListener from(int part) {
    return opening -> opened(opening, part);
  }

  private BankListener opened(BankOpening opening, int part) {
    int first = part + (circuit.hasSharedInputs() ? opening.bank() : 0);
    return new BankListener() {
      @Override
      public void event(
          int instance,
          long step,
          EventKind kind,
          long periods,
          double output,
          double energyJ,
          double latencyS,
          double[] states) {
        synchronized (table) {
          table.event(first + instance, step, kind, periods, output, energyJ, latencyS, states);
        }
      }

      @Override
      public void step(long period, StepRows rows) {
        // The events say it all.
      }

      @Override
      public void closed(BankTotals totals) {
        synchronized (table) {
          outside += totals.outside;
          if (firstOutside == null && totals.firstOutside != null) {
            int index = first + totals.firstOutside.instance();
            firstOutside = totals.firstOutside.of(table.instanceNumber(index));
          }
        }
      }
    };
  }

  /** What left the trained range in the banks that were closed. */
  Outside outside() {
    synchronized (table) {
      return new Outside(outside, firstOutside == null ? null : firstOutside.text());
    }
  }

  /**
   * Events outside the trained range.
   *
   * @param events how many
   * @param first what was met first; null for none
   */
  record Outside(long events, String first) {}
}
