package io.understudy.surrogate.event;

import java.util.Arrays;

/**
 * One bank's part of one time step, as a structure of arrays: the rows with an input, then the rows
 * that are answered. The arrays grow when they must and are reused, so that a steady state
 * allocates nothing.
 *
 * <p>Not thread-safe. Entries beyond {@link #rows} and {@link #answers} are stale.
 */
public final class StepRows {
  private final int inputWidth;
  private final boolean sharedInputs;

  /** Number of instances with an input. */
  public int rows;

  /** Their numbers, ascending. */
  public int[] instance = new int[0];

  /** Their inputs: rows x width, row by row; or width values where inputs are shared. */
  public double[] inputs;

  /** Number of answered instances. */
  public int answers;

  /** Their numbers, ascending. */
  public int[] answered = new int[0];

  /** The output of each: volts, or the number of output events in the period. */
  public double[] output = new double[0];

  /** Delay of the output after the period's start in fs; -1 where there is none. */
  public long[] delayFs = new long[0];

  /** Energy in J of the event that starts in this step. */
  public double[] eventEnergyJ = new double[0];

  /** Energy in J of the idle stretch that this input ended; 0 if there was none. */
  public double[] idleEnergyJ = new double[0];

  /** Row flags, {@link RowFlags}. */
  public int[] flags = new int[0];

  /**
   * @param inputWidth input values of one row
   * @param sharedInputs true when all rows share one set of values
   */
  public StepRows(int inputWidth, boolean sharedInputs) {
    this.inputWidth = inputWidth;
    this.sharedInputs = sharedInputs;
    this.inputs = new double[inputWidth];
  }

  /** Makes room for so many input rows. */
  public void reserveRows(int count) {
    if (instance.length < count) {
      instance = Arrays.copyOf(instance, count);
    }
    int values = sharedInputs ? inputWidth : Math.multiplyExact(count, inputWidth);
    if (inputs.length < values) {
      inputs = Arrays.copyOf(inputs, values);
    }
  }

  /** Makes room for so many answers. */
  public void reserveAnswers(int count) {
    if (answered.length < count) {
      answered = Arrays.copyOf(answered, count);
      output = Arrays.copyOf(output, count);
      delayFs = Arrays.copyOf(delayFs, count);
      eventEnergyJ = Arrays.copyOf(eventEnergyJ, count);
      idleEnergyJ = Arrays.copyOf(idleEnergyJ, count);
      flags = Arrays.copyOf(flags, count);
    }
  }

  /** Index into {@link #inputs} of a row's first value. */
  public int inputOffset(int row) {
    return sharedInputs ? 0 : row * inputWidth;
  }

  /** Appends an answer; {@link #reserveAnswers} must have made room. */
  public void answer(
      int instanceNumber, double value, long delay, double eventJ, double idleJ, int rowFlags) {
    int at = answers++;
    answered[at] = instanceNumber;
    output[at] = value;
    delayFs[at] = delay;
    eventEnergyJ[at] = eventJ;
    idleEnergyJ[at] = idleJ;
    flags[at] = rowFlags;
  }
}
