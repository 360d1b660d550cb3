package io.understudy.surrogate.predict;

import io.understudy.surrogate.feature.EventColumns;
import io.understudy.surrogate.forest.FeatureKeys;
import io.understudy.surrogate.forest.ForestKernel;

/**
 * Events of one kind of up to {@link #ROWS} instances, evaluated side by side, and the room that
 * this takes. Belongs to one thread at a time; reused from batch to batch.
 */
final class EventBlock {
  static final int ROWS = EventColumns.ROWS;

  /** From one column of features to the next. */
  static final int STRIDE = EventColumns.STRIDE;

  /** From so many rows on trees are faster by keys than row by row. */
  private static final int KEYS_FROM = 20;

  /** Number of events. */
  int rows;

  /** Of each event: which of the step's items it belongs to, and its instance. */
  final int[] item = new int[ROWS];

  final int[] instance = new int[ROWS];

  /** What the features look at. */
  final EventColumns columns = new EventColumns();

  /** The feature values, column by column. */
  final double[] features;

  /** The same as keys, as far as a predictor reads them and they pay for so many rows. */
  final FeatureKeys keys;

  private final boolean readsKeys;

  /** Latency of each event's output in s; NaN where there is none. */
  final double[] latencyS = new double[ROWS];

  final double[] energyJ = new double[ROWS];

  /** Flags beyond the event's kind. */
  final int[] flags = new int[ROWS];

  /** What is outside of what training saw, or wrong. */
  final BlockWatch watch;

  /** A predictor's values. */
  final double[] values = new double[ROWS];

  final double[] linear = new double[ROWS];
  final ForestKernel.Scratch scratch;

  /** One row's features. */
  final double[] row;

  /** Rows that a decision has picked. */
  final int[] picked = new int[ROWS];

  EventBlock(Surrogate surrogate, InstanceTable table, BankState state) {
    this.scratch = new ForestKernel.Scratch(ROWS, surrogate.featureCount);
    this.row = new double[surrogate.featureCount];
    this.features = new double[surrogate.featureCount * STRIDE];
    this.readsKeys = surrogate.readsKeys();
    this.keys = new FeatureKeys(readsKeys ? surrogate.featureCount : 0, ROWS);
    this.watch = new BlockWatch(surrogate);
    columns.states = state.states;
    columns.parameters = table.parameters;
    columns.constants = table.constants;
    columns.previous = state.held;
    columns.next = new double[ROWS * state.stateCount];
    for (int r = 0; r < ROWS; r++) {
      columns.nextAt[r] = r * state.stateCount;
    }
  }

  /** Empties the block for events whose inputs lie in this array. */
  void clear(double[] inputs) {
    rows = 0;
    columns.inputs = inputs;
  }

  /** Appends an event. */
  int add(int ofItem, int ofInstance, int inputsAt, InstanceTable table, BankState state) {
    int r = rows++;
    item[r] = ofItem;
    instance[r] = ofInstance;
    flags[r] = 0;
    columns.inputsAt[r] = inputsAt;
    columns.previousAt[r] = state.heldAt(ofInstance);
    columns.statesAt[r] = state.statesAt(ofInstance);
    columns.parametersAt[r] = ofInstance * table.parameterCount;
    columns.constantsAt[r] = ofInstance * table.constantCount;
    watch.clear(r);
    return r;
  }

  /**
   * Takes over the picked events of another block with the features of some columns.
   *
   * @param count number of picked rows of the other
   * @param from first of the columns
   * @param to the column after the last
   */
  void take(EventBlock other, int count, int from, int to) {
    int[] which = other.picked;
    EventColumns x = other.columns;
    rows = count;
    columns.inputs = x.inputs;
    for (int r = 0; r < count; r++) {
      int o = which[r];
      item[r] = other.item[o];
      instance[r] = other.instance[o];
      flags[r] = other.flags[o];
      columns.inputsAt[r] = x.inputsAt[o];
      columns.previousAt[r] = x.previousAt[o];
      columns.statesAt[r] = x.statesAt[o];
      columns.parametersAt[r] = x.parametersAt[o];
      columns.constantsAt[r] = x.constantsAt[o];
      watch.take(r, other.watch, o);
    }
    for (int k = from * STRIDE; k < to * STRIDE; k += STRIDE) {
      for (int r = 0; r < count; r++) {
        features[k + r] = other.features[k + which[r]];
      }
    }
    computed(from, to);
  }

  /** Whether the features' keys are at hand. */
  boolean hasKeys() {
    return readsKeys && rows >= KEYS_FROM;
  }

  /** Is told that the features of some columns have been computed. */
  void computed(int from, int to) {
    for (int k = from; k < to && hasKeys(); k++) {
      keys.set(k, features, k * STRIDE, rows);
    }
  }
}
