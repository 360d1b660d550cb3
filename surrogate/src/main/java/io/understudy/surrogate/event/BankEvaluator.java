package io.understudy.surrogate.event;

import java.nio.ByteBuffer;

/**
 * A bank of instances of one circuit in one run, answered by whatever stands behind it (a
 * surrogate, a golden simulator). Calls come from one thread at a time.
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

  /** Whether all that the bank remembers can be saved and put back into another one. */
  default boolean isRestorable() {
    return false;
  }

  /** Bytes that {@link #save} would write now. */
  default long savedBytes() {
    throw new UnsupportedOperationException("this bank's state cannot be saved");
  }

  /** Writes all that the bank remembers: states, inputs, idle stretches, totals. */
  default void save(ByteBuffer into) {
    throw new UnsupportedOperationException("this bank's state cannot be saved");
  }

  /**
   * Makes a bank that was just opened, with the same model and parameters, go on where the saved
   * one stood, with the same bits.
   *
   * @throws EvaluationException when the bytes are not those of such a bank
   */
  default void restore(ByteBuffer from) {
    throw new UnsupportedOperationException("this bank's state cannot be restored");
  }

  /** What was seen so far; complete after {@link #close}. */
  BankTotals totals();
}
