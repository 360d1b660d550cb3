package io.understudy.surrogate.event;

/**
 * A bank of instances of one circuit in one run, answered by whatever stands behind it (a
 * surrogate, a golden simulator). One whose state can be saved is {@link Restorable}, too. Calls
 * come from one thread at a time.
 */
public interface BankEvaluator {
  /** Number of instances. */
  int instances();

  /**
   * No output changes earlier after the edge that it is answered at, in fs; 0 where that is not
   * known, or where an output may change at once.
   */
  default long minimumLatencyFs() {
    return 0;
  }

  /**
   * Evaluates one time step: reads the rows' inputs, fills in the answers. An instance that is not
   * named idles.
   *
   * @param period number of the period that starts now, counted from the bank's first; greater than
   *     at the last call
   * @param rows the inputs, and room for the answers
   * @throws EvaluationException when an input is not finite or a value cannot be computed; the bank
   *     is not usable after it
   */
  void step(long period, StepRows rows);

  /**
   * Ends the run: closes every idle stretch.
   *
   * @param endPeriod number of whole periods since the bank's first
   */
  void close(long endPeriod);

  /**
   * Frees what the bank holds beyond memory, whatever ended its run; may be called again, and on
   * another thread than the others, after them.
   */
  default void release() {}

  /** What was seen so far; complete after {@link #close}. */
  BankTotals totals();
}
