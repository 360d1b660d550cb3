package io.understudy.surrogate.predict;

import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.OutsideRange;
import io.understudy.surrogate.event.RowFlags;
import io.understudy.surrogate.event.StepRows;

/**
 * Evaluates a stretch of a step's items in one thread: late outputs of the idle stretches that need
 * them, then the ends of idle stretches, then the inputs' events. It touches the items, and the
 * state of the items' instances, alone.
 */
final class ItemEvaluation {
  private static final int NONE = TrainedRange.NONE;

  /** Order of an item's events; a later event's first quantity outside is not the item's first. */
  private static final int EVENTS = 3;

  private final Surrogate surrogate;
  private final StagedEvaluator evaluator;
  private final BankState state;
  private final InstanceTable table;
  private final BankShape shape;
  private final EventBlock block;
  private final EventBlock with;
  private final EventBlock without;

  /** Events that start unsettled. */
  private final EventBlock tail;

  private StepItems items;

  /** The first quantity outside among the items, where it stands, and whether it is wanted. */
  OutsideRange outside;

  private long outsideAt;
  private boolean wantsOutside;

  /** The first item with a number that is not finite, and what is wrong; null for none. */
  int errorItem;

  String error;

  ItemEvaluation(
      Surrogate surrogate, StagedEvaluator evaluator, InstanceTable table, BankState state) {
    this.surrogate = surrogate;
    this.evaluator = evaluator;
    this.table = table;
    this.state = state;
    this.shape = BankShape.of(surrogate.folder().circuit());
    this.block = new EventBlock(surrogate, table, state);
    this.with = new EventBlock(surrogate, table, state);
    this.without = new EventBlock(surrogate, table, state);
    this.tail = new EventBlock(surrogate, table, state);
  }

  /** Where the first quantity outside stands among the step's events. */
  long outsideAt() {
    return outsideAt;
  }

  /** Begins a step. */
  void begin(StepItems of, boolean firstOutsideIsWanted) {
    items = of;
    outside = null;
    outsideAt = Long.MAX_VALUE;
    wantsOutside = firstOutsideIsWanted;
    error = null;
    errorItem = Integer.MAX_VALUE;
  }

  /**
   * Evaluates at most {@link EventBlock#ROWS} items.
   *
   * @param from the first
   * @param to the item after the last
   * @param rows the inputs; null where there are none
   * @param period the step's period
   * @param heldOutside index of the shared held input that is outside
   * @param sharedOutside index of the step's shared input that is outside
   */
  void run(int from, int to, StepRows rows, long period, int heldOutside, int sharedOutside) {
    late(from, to, heldOutside);
    idle(from, to, heldOutside);
    if (rows != null) {
      inputs(from, to, rows, period, sharedOutside);
    }
  }

  private void late(int from, int to, int heldOutside) {
    block.clear(state.held);
    for (int i = from; i < to; i++) {
      int instance = items.instance[i];
      if (items.begins[i] || (items.idlePeriods[i] > 0 && !state.lateKnown[instance])) {
        addIdle(block, i, instance, heldOutside);
      }
    }
    if (block.rows == 0) {
      return;
    }
    evaluator.late(block, with);
    for (int r = 0; r < block.rows; r++) {
      decided(block, r, 0);
    }
    for (int r = 0; r < with.rows; r++) {
      decided(with, r, 1);
    }
  }

  private void decided(EventBlock of, int r, double output) {
    int instance = of.instance[r];
    state.lateOutput[instance] = output;
    state.lateLatencyS[instance] = of.latencyS[r];
    state.lateOutside[instance] = of.watch.isOutside(r);
    state.lateKnown[instance] = true;
    items.idleFlags[of.item[r]] = of.flags[r];
    note(of, r, 0, state.idleFrom[instance], EventKind.E3);
  }

  private void addIdle(EventBlock to, int item, int instance, int heldOutside) {
    int heldAt = state.heldAt(instance);
    int r = to.add(item, instance, heldAt, table, state);
    if (shape.sharedInputs()) {
      external(to, r, instance, heldOutside);
    } else {
      if (shape.heldInputs()) {
        to.watch.look(surrogate.external.inputs(), state.held, heldAt, r, instance);
      }
      external(to, r, instance, NONE);
    }
  }

  /** Looks at what reaches an event from outside, and at its states. */
  private void external(EventBlock of, int r, int instance, int inputsOutside) {
    ExternalRanges ranges = surrogate.external;
    if (inputsOutside != NONE) {
      double value = of.columns.inputs[of.columns.inputsAt[r] + inputsOutside];
      of.watch.note(ranges.inputs(), inputsOutside, value, r, instance);
    }
    int parameter = table.outside(instance);
    if (parameter != NONE) {
      double value = table.parameters[instance * table.parameterCount + parameter];
      of.watch.note(ranges.parameters(), parameter, value, r, instance);
    }
    of.watch.look(ranges.states(), state.states, state.statesAt(instance), r, instance);
  }

  private void idle(int from, int to, int heldOutside) {
    block.clear(state.held);
    tail.clear(state.held);
    TrainedRange lengths = surrogate.external.periods();
    for (int i = from; i < to; i++) {
      if (items.idlePeriods[i] > 0) {
        int instance = items.instance[i];
        EventBlock into = evaluator.isUnsettled(instance) ? tail : block;
        addIdle(into, i, instance, heldOutside);
        int r = into.rows - 1;
        double periods = items.idlePeriods[i];
        into.columns.periods[r] = periods;
        if (!lengths.contains(0, periods)) {
          into.watch.note(lengths, 0, periods, r, instance);
        }
        into.columns.output[r] = state.lateOutput[instance];
        into.latencyS[r] = state.lateLatencyS[instance];
      }
    }
    endIdle(block, false);
    endIdle(tail, true);
  }

  private void endIdle(EventBlock of, boolean startUnsettled) {
    if (of.rows == 0) {
      return;
    }
    evaluator.idle(of, startUnsettled);
    for (int r = 0; r < of.rows; r++) {
      int i = of.item[r];
      int instance = of.instance[r];
      boolean isOutside = of.watch.isOutside(r) || state.lateOutside[instance];
      items.idleFlags[i] = isOutside ? RowFlags.OUT_OF_RANGE : 0;
      items.idleOutput[i] = of.columns.output[r];
      items.idleEnergyJ[i] = of.energyJ[r];
      if (items.idleStates.length > 0) {
        System.arraycopy(
            state.states,
            state.statesAt(instance),
            items.idleStates,
            i * state.stateCount,
            state.stateCount);
      }
      state.idleFrom[instance] += items.idlePeriods[i];
      note(of, r, 1, items.idleStart[i], EventKind.E3);
    }
  }

  private void inputs(int from, int to, StepRows rows, long period, int sharedOutside) {
    block.clear(rows.inputs);
    for (int i = from; i < to; i++) {
      if (items.row[i] != StepItems.NO_ROW) {
        int instance = items.instance[i];
        int at = rows.inputOffset(items.row[i]);
        int r = block.add(i, instance, at, table, state);
        if (!shape.sharedInputs()) {
          block.watch.look(surrogate.external.inputs(), rows.inputs, at, r, instance);
        }
        external(block, r, instance, shape.sharedInputs() ? sharedOutside : NONE);
      }
    }
    if (block.rows == 0) {
      return;
    }
    if (evaluator.hasEventOutput()) {
      evaluator.events(block, with, without, tail);
      keep(with, true, period, rows);
      keep(without, false, period, rows);
      keep(tail, false, period, rows);
    } else {
      evaluator.level(block);
      keep(block, true, period, rows);
    }
  }

  private void keep(EventBlock of, boolean happens, long period, StepRows rows) {
    for (int r = 0; r < of.rows; r++) {
      int i = of.item[r];
      int instance = of.instance[r];
      items.happens[i] = happens;
      items.output[i] = of.columns.output[r];
      items.latencyS[i] = of.latencyS[r];
      items.energyJ[i] = of.energyJ[r];
      items.flags[i] = of.flags[r];
      state.lateKnown[instance] = false;
      state.idleFrom[instance] = period + 1;
      if (shape.heldInputs() && !shape.sharedInputs()) {
        System.arraycopy(
            rows.inputs,
            of.columns.inputsAt[r],
            state.held,
            state.heldAt(instance),
            state.inputWidth);
      }
      note(of, r, 2, period, happens ? EventKind.E1 : EventKind.E2);
    }
  }

  /** Keeps what an event is the first of. */
  private void note(EventBlock of, int r, int event, long step, EventKind kind) {
    int item = of.item[r];
    if (of.watch.error(r) != null && item < errorItem) {
      errorItem = item;
      error = of.watch.error(r);
    }
    long at = (long) EVENTS * item + event;
    if (wantsOutside && of.watch.isOutside(r) && at < outsideAt) {
      outsideAt = at;
      outside = of.watch.first(r, of.instance[r], step, kind);
    }
  }
}
