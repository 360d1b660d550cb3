package io.understudy.surrogate.event;

import java.nio.ByteBuffer;

/** A bank all of whose memory can be saved and put back into another one. */
public interface Restorable {
  /** Bytes that {@link #save} would write now. */
  long savedBytes();

  /** Writes all that the bank remembers: states, inputs, idle stretches, totals. */
  void save(ByteBuffer into);

  /**
   * Makes a bank that was just opened, with the same model and parameters, go on where the saved
   * one stood, with the same bits.
   *
   * @throws EvaluationException when the bytes are not those of such a bank
   */
  void restore(ByteBuffer from);
}
