package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EvaluationException;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.EventListener;
import io.understudy.surrogate.event.OutsideRange;
import io.understudy.surrogate.event.Restorable;
import io.understudy.surrogate.event.RowFlags;
import io.understudy.surrogate.event.SavedState;
import io.understudy.surrogate.event.StepRows;
import java.nio.ByteBuffer;

/**
 * A bank answered by a surrogate. A step lists the instances with an input and those that have just
 * become idle, evaluates the list in stretches of some instances (by several threads where it is
 * long), and then gives the answers, in the instances' order. It allocates nothing once its arrays
 * have grown.
 *
 * <p>Idle stretches are lazy: when one begins only its late output is decided, its energy and
 * states are computed when it ends.
 */
public final class SurrogateBank implements BankEvaluator, Restorable {
  private static final int NONE = TrainedRange.NONE;

  /** In place of an instance's number. */
  private static final int ALL = -1;

  /** Fewer items than this are not worth another thread's waking. */
  private static final int SPLIT_FROM = 512;

  private final Surrogate surrogate;
  private final StagedEvaluator evaluator;
  private final InstanceTable table;
  private final BankShape shape;
  private final boolean hasEventOutput;
  private final EventListener listener;
  private final EvaluationCrew crew;
  private final int stretch;
  private final long minimumLatencyFs;
  private final BankTotals totals = new BankTotals();

  /** What is remembered from step to step. */
  private final BankState state;

  private final StepItems items = new StepItems();

  /** One for each thread; made when it is needed first. */
  private final ItemEvaluation[] evaluations;

  private final EvaluationCrew.Work work = this::evaluate;
  private final double[] told;
  private int[] nextActive = new int[0];

  /** Which of the shared inputs is outside: of those of this step, and of those held before. */
  private int sharedOutside = NONE;

  private int heldOutside;

  /** The step that is evaluated. */
  private StepRows rows;

  private long period;

  /** Items of a part that one thread evaluates at a time. */
  private int partItems;

  SurrogateBank(Surrogate surrogate, double[][] parameters, BankOptions options) {
    Circuit circuit = surrogate.folder().circuit();
    this.surrogate = surrogate;
    this.shape = BankShape.of(circuit);
    this.hasEventOutput = circuit.hasEventOutput();
    this.listener = options.listener();
    this.crew = options.crew();
    this.stretch = options.stretch();
    this.minimumLatencyFs = MinimumLatency.fs(circuit, surrogate.source().manifest());
    this.state = new BankState(circuit, parameters.length);
    this.table = new InstanceTable(surrogate, parameters, state);
    this.evaluator = new StagedEvaluator(surrogate, state);
    this.evaluations = new ItemEvaluation[crew == null ? 1 : crew.threads()];
    this.told = new double[state.stateCount];
    this.heldOutside = shape.sharedInputs() ? inputsOutside(state.held) : NONE;
  }

  @Override
  public int instances() {
    return state.instances;
  }

  @Override
  public long minimumLatencyFs() {
    return minimumLatencyFs;
  }

  @Override
  public BankTotals totals() {
    return totals;
  }

  @Override
  public void step(long at, StepRows of) {
    rows = of;
    period = at;
    rows.answers = 0;
    rows.reserveAnswers(mostItems());
    boolean sharedChange = !shape.sharedInputs() || (rows.rows > 0 && changed(0, 0));
    if (shape.sharedInputs() && sharedChange) {
      sharedOutside = inputsOutside(rows.inputs);
    }
    list(sharedChange);
    evaluateAll();
    int end = failedItem();
    for (int i = 0; i < end; i++) {
      answer(i);
    }
    refuseFailed();
    if (shape.sharedInputs() && sharedChange) {
      System.arraycopy(rows.inputs, 0, state.held, 0, state.inputWidth);
      heldOutside = sharedOutside;
    }
  }

  @Override
  public void close(long endPeriod) {
    rows = null;
    period = endPeriod;
    items.clear(state.instances, listener == null ? 0 : state.stateCount);
    for (int i = 0; i < state.instances; i++) {
      long start = state.idleFrom[i];
      if (start < endPeriod) {
        items.add(i, StepItems.NO_ROW, false, start, endPeriod - start);
      }
    }
    evaluateAll();
    int end = failedItem();
    for (int i = 0; i < end; i++) {
      endIdle(i);
    }
    refuseFailed();
  }

  private int inputsOutside(double[] inputs) {
    return surrogate.external.inputs().firstOutside(inputs, 0, ALL);
  }

  /** An instance has one item at most. */
  private int mostItems() {
    return Math.min(rows.rows + state.activeCount, state.instances);
  }

  /** Lists the instances with an input event and those that become idle, and who is active now. */
  private void list(boolean sharedChange) {
    items.clear(mostItems(), listener == null ? 0 : state.stateCount);
    nextActive = StepItems.room(nextActive, rows.rows);
    int[] active = state.active;
    int activeCount = state.activeCount;
    boolean mayBeLate = state.activePeriod == period - 1 && evaluator.hasLateOutputs();
    int nextCount = 0;
    int a = 0;
    for (int r = 0; r < rows.rows; r++) {
      int instance = rows.instance[r];
      for (; a < activeCount && active[a] < instance; a++) {
        becomesIdle(active[a], mayBeLate);
      }
      boolean wasActive = a < activeCount && active[a] == instance;
      a += wasActive ? 1 : 0;
      if (shape.sharedInputs() ? sharedChange : changed(r, instance)) {
        long start = state.idleFrom[instance];
        items.add(instance, r, false, start, Math.max(0, period - start));
        nextActive[nextCount++] = instance;
      } else if (wasActive) {
        becomesIdle(instance, mayBeLate);
      }
    }
    for (; a < activeCount; a++) {
      becomesIdle(active[a], mayBeLate);
    }
    state.active = nextActive;
    nextActive = active;
    state.activeCount = nextCount;
    state.activePeriod = period;
  }

  private void becomesIdle(int instance, boolean mayBeLate) {
    if (mayBeLate) {
      items.add(instance, StepItems.NO_ROW, true, 0, 0);
    }
  }

  @Override
  public long savedBytes() {
    return state.savedBytes() + 2L * Integer.BYTES + SavedState.bytes(totals);
  }

  @Override
  public void save(ByteBuffer into) {
    state.save(into);
    into.putInt(sharedOutside).putInt(heldOutside);
    SavedState.save(totals, into);
  }

  @Override
  public void restore(ByteBuffer from) {
    state.restore(from);
    SavedState.require(from, 2L * Integer.BYTES);
    sharedOutside = from.getInt();
    heldOutside = from.getInt();
    SavedState.restore(totals, from);
  }

  private boolean changed(int row, int instance) {
    if (!shape.heldInputs()) {
      return true;
    }
    int at = rows.inputOffset(row);
    int heldAt = state.heldAt(instance);
    for (int k = 0; k < state.inputWidth; k++) {
      if (rows.inputs[at + k] != state.held[heldAt + k]) {
        return true;
      }
    }
    return false;
  }

  private void evaluateAll() {
    boolean split = crew != null && items.count >= SPLIT_FROM;
    // As many for each thread, as long as they fit into a stretch.
    int share = split ? (items.count + crew.threads() - 1) / crew.threads() : stretch;
    partItems = Math.min(stretch, share);
    int parts = (items.count + partItems - 1) / partItems;
    for (int w = 0; w < (split ? evaluations.length : 1); w++) {
      if (evaluations[w] == null) {
        evaluations[w] = new ItemEvaluation(surrogate, evaluator, table, state);
      }
    }
    for (ItemEvaluation evaluation : evaluations) {
      if (evaluation != null) {
        evaluation.begin(items, totals.firstOutside == null);
      }
    }
    if (split) {
      crew.run(work, parts);
    } else {
      for (int part = 0; part < parts; part++) {
        evaluate(part, 0);
      }
    }
    if (totals.firstOutside == null) {
      totals.firstOutside = firstOutside();
    }
  }

  private void evaluate(int part, int worker) {
    int from = part * partItems;
    int to = Math.min(items.count, from + partItems);
    evaluations[worker].run(from, to, rows, period, heldOutside, sharedOutside);
  }

  private OutsideRange firstOutside() {
    ItemEvaluation first = evaluations[0];
    for (ItemEvaluation evaluation : evaluations) {
      if (evaluation != null && evaluation.outsideAt() < first.outsideAt()) {
        first = evaluation;
      }
    }
    return first.outside;
  }

  /** The first item that could not be computed, or the number of items. */
  private int failedItem() {
    int first = items.count;
    for (ItemEvaluation evaluation : evaluations) {
      first = evaluation == null ? first : Math.min(first, evaluation.errorItem);
    }
    return first;
  }

  private void refuseFailed() {
    int first = failedItem();
    for (ItemEvaluation evaluation : evaluations) {
      if (evaluation != null && evaluation.error != null && evaluation.errorItem == first) {
        throw new EvaluationException(evaluation.error);
      }
    }
  }

  private void answer(int item) {
    int instance = items.instance[item];
    if (items.begins[item]) {
      if (state.lateOutput[instance] > 0) {
        rows.answer(
            instance,
            state.lateOutput[instance],
            delayFs(state.lateLatencyS[instance]),
            0,
            0,
            RowFlags.E3 | items.idleFlags[item]);
        totals.flagged += items.idleFlags[item] == 0 ? 0 : 1;
      }
      return;
    }
    boolean wasIdle = items.idlePeriods[item] > 0;
    if (wasIdle) {
      endIdle(item);
    }
    double latencyS = items.latencyS[item];
    double energyJ = items.energyJ[item];
    boolean e1 = items.happens[item];
    totals.crossings++;
    totals.dynamicJ += energyJ;
    totals.e1 += e1 ? 1 : 0;
    totals.e2 += e1 ? 0 : 1;
    countOutput(Double.isNaN(latencyS) ? 0 : 1, latencyS);
    totals.outside += (items.flags[item] & RowFlags.OUT_OF_RANGE) != 0 ? 1 : 0;
    // What the row says of the idle stretch that it ended counts for the row.
    int flags = items.flags[item] | items.idleFlags[item];
    totals.flagged += flags == 0 ? 0 : 1;
    rows.answer(
        instance,
        items.output[item],
        delayFs(latencyS),
        energyJ,
        wasIdle ? items.idleEnergyJ[item] : 0,
        flags | (e1 ? RowFlags.E1 : RowFlags.E2));
    if (listener != null) {
      EventKind kind = e1 ? EventKind.E1 : EventKind.E2;
      listener.event(
          instance, period, kind, 1, items.output[item], energyJ, latencyS, states(instance));
    }
  }

  /** Counts an idle stretch that has ended. */
  private void endIdle(int item) {
    int instance = items.instance[item];
    long periods = items.idlePeriods[item];
    double energyJ = items.idleEnergyJ[item];
    double latencyS = state.lateLatencyS[instance];
    totals.outside += items.idleFlags[item] != 0 ? 1 : 0;
    totals.e3++;
    totals.idlePeriods += periods;
    totals.staticJ += energyJ;
    countOutput(hasEventOutput ? (long) state.lateOutput[instance] : 0, latencyS);
    if (listener != null) {
      System.arraycopy(items.idleStates, item * told.length, told, 0, told.length);
      listener.event(
          instance,
          items.idleStart[item],
          EventKind.E3,
          periods,
          items.idleOutput[item],
          energyJ,
          latencyS,
          told);
    }
  }

  private void countOutput(long count, double latencyS) {
    if (count > 0) {
      totals.outputs += count;
      totals.latencySumS += latencyS;
      totals.latencyMaxS = Math.max(totals.latencyMaxS, latencyS);
    }
  }

  private static long delayFs(double latencyS) {
    return Double.isNaN(latencyS) ? -1 : Math.max(1, Math.round(latencyS * 1e15));
  }

  /** An instance's states in V, in the circuit's order; the array is reused. */
  public double[] states(int instance) {
    System.arraycopy(state.states, state.statesAt(instance), told, 0, told.length);
    return told;
  }

  /**
   * Replaces an instance's states, for evaluation with golden states (an oracle).
   *
   * @param states in V, in the circuit's order
   */
  public void setStates(int instance, double[] states) {
    System.arraycopy(states, 0, state.states, state.statesAt(instance), state.stateCount);
    state.lateKnown[instance] = false;
  }
}
