package io.understudy.server.session;

import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EventListener;
import io.understudy.surrogate.event.StepRows;

/** Is told what happens in one bank, on the bank's thread; must not keep the arrays it is shown. */
public interface BankListener extends EventListener {
  /**
   * A time step was answered; its complete events were told before.
   *
   * @param period number of the period, counted from the bank's first
   * @param rows inputs and answers
   */
  void step(long period, StepRows rows);

  /** The session ended as it should; all events were told. */
  void closed(BankTotals totals);
}
