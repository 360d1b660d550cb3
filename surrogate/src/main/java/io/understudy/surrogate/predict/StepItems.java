package io.understudy.surrogate.predict;

import java.util.Arrays;

/**
 * What one step has to do, instance by instance in ascending order, and what came out of it: flat
 * arrays that grow when they must and are reused.
 */
final class StepItems {
  /** An item without an input row. */
  static final int NO_ROW = -1;

  int count;
  int[] instance = new int[0];

  /** The input row, or {@link #NO_ROW}. */
  int[] row = new int[0];

  /** Whether an idle stretch begins, whose late output must be known at once. */
  boolean[] begins = new boolean[0];

  /** Periods of the idle stretch that ends; 0 where none does; and the period it began in. */
  long[] idlePeriods = new long[0];

  long[] idleStart = new long[0];

  /** Of the idle stretch that ends, or of the late output that is decided. */
  double[] idleOutput = new double[0];

  double[] idleEnergyJ = new double[0];
  int[] idleFlags = new int[0];

  /** States at the idle stretch's end, as many as a bank has; kept for a listener alone. */
  double[] idleStates = new double[0];

  /** Of the input's event. */
  boolean[] happens = new boolean[0];

  double[] output = new double[0];
  double[] latencyS = new double[0];
  double[] energyJ = new double[0];
  int[] flags = new int[0];

  /**
   * Empties the list and makes room.
   *
   * @param room most items
   * @param statesKept states to keep of an idle stretch's end
   */
  void clear(int room, int statesKept) {
    count = 0;
    if (instance.length < room) {
      int size = Math.max(room, Math.min(2 * instance.length, 1 << 20));
      instance = new int[size];
      row = new int[size];
      begins = new boolean[size];
      idlePeriods = new long[size];
      idleStart = new long[size];
      idleOutput = new double[size];
      idleEnergyJ = new double[size];
      idleFlags = new int[size];
      happens = new boolean[size];
      output = new double[size];
      latencyS = new double[size];
      energyJ = new double[size];
      flags = new int[size];
    }
    if (idleStates.length < instance.length * statesKept) {
      idleStates = new double[instance.length * statesKept];
    }
  }

  void add(int ofInstance, int inputRow, boolean idleBegins, long start, long periods) {
    int at = count++;
    instance[at] = ofInstance;
    row[at] = inputRow;
    begins[at] = idleBegins;
    idleStart[at] = start;
    idlePeriods[at] = periods;
    idleFlags[at] = 0;
  }

  /** Makes room for so many values, all of which are lost. */
  static int[] room(int[] values, int count) {
    return values.length >= count
        ? values
        : Arrays.copyOf(values, Math.max(count, 2 * values.length));
  }
}
