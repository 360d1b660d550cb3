package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.EventListener;
import io.understudy.surrogate.event.RowFlags;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.feature.FeatureContext;
import java.util.Arrays;

/**
 * A bank answered by a surrogate. States, parameters and constants of all instances lie in flat
 * arrays; a step walks the instances with an input and those that have just become idle, and
 * allocates nothing once its arrays have grown.
 *
 * <p>Idle stretches are lazy: when one begins only its late output is decided, its energy and
 * states are computed when it ends.
 */
final class ReferenceBank implements BankEvaluator {
  private static final int NONE = TrainedRange.NONE;

  /** In place of an instance's number. */
  private static final int ALL = -1;

  private final ReferenceEvaluator evaluator;
  private final Circuit circuit;
  private final EventListener listener;
  private final BankTotals totals = new BankTotals();

  /** What is remembered from step to step. */
  private final BankState state;

  private int[] nextActive = new int[0];
  private int nextActiveCount;
  private int idleFlags;

  /** Which of the shared inputs is outside: of those of this step, and of those held before. */
  private int sharedOutside = NONE;

  private int heldOutside;

  /** Whether a quantity of the idle stretch that was ended last is outside. */
  private boolean idleOutside;

  ReferenceBank(Surrogate surrogate, double[][] parameters, EventListener listener) {
    this.circuit = surrogate.folder().circuit();
    this.listener = listener;
    this.state = new BankState(circuit, parameters.length);
    this.evaluator = new ReferenceEvaluator(surrogate, parameters, state);
    this.heldOutside =
        circuit.hasSharedInputs() ? evaluator.inputsOutside(state.held, 0, ALL) : NONE;
  }

  @Override
  public int instances() {
    return state.instances;
  }

  @Override
  public BankTotals totals() {
    return totals;
  }

  @Override
  public void step(long period, StepRows rows) {
    rows.answers = 0;
    rows.reserveAnswers(rows.rows + state.activeCount);
    if (nextActive.length < rows.rows) {
      nextActive = Arrays.copyOf(nextActive, Math.max(rows.rows, 2 * nextActive.length));
    }
    nextActiveCount = 0;
    boolean justIdle = state.activePeriod == period - 1;
    boolean sharedChange = !circuit.hasSharedInputs() || changed(rows, 0, 0);
    if (circuit.hasSharedInputs() && sharedChange && rows.rows > 0) {
      sharedOutside = evaluator.inputsOutside(rows.inputs, 0, ALL);
    }
    int a = 0;
    for (int r = 0; r < rows.rows; r++) {
      int instance = rows.instance[r];
      for (; a < state.activeCount && state.active[a] < instance; a++) {
        becomeIdle(state.active[a], period, justIdle, rows);
      }
      boolean event = circuit.hasSharedInputs() ? sharedChange : changed(rows, r, instance);
      if (event) {
        inputEvent(instance, period, r, rows);
        nextActive[nextActiveCount++] = instance;
      } else if (a < state.activeCount && state.active[a] == instance) {
        becomeIdle(instance, period, justIdle, rows);
      }
      if (a < state.activeCount && state.active[a] == instance) {
        a++;
      }
    }
    for (; a < state.activeCount; a++) {
      becomeIdle(state.active[a], period, justIdle, rows);
    }
    if (sharedChange && rows.rows > 0 && circuit.hasSharedInputs()) {
      System.arraycopy(rows.inputs, 0, state.held, 0, state.inputWidth);
      heldOutside = sharedOutside;
    }
    int[] swap = state.active;
    state.active = nextActive;
    nextActive = swap;
    state.activeCount = nextActiveCount;
    state.activePeriod = period;
  }

  @Override
  public void close(long endPeriod) {
    for (int i = 0; i < state.instances; i++) {
      if (state.idleFrom[i] < endPeriod) {
        endIdle(i, endPeriod);
      }
    }
  }

  private boolean changed(StepRows rows, int row, int instance) {
    if (!circuit.hasHeldInputs()) {
      return true;
    }
    int at = rows.inputOffset(row);
    int heldAt = heldAt(instance);
    for (int k = 0; k < state.inputWidth; k++) {
      if (rows.inputs[at + k] != state.held[heldAt + k]) {
        return true;
      }
    }
    return false;
  }

  private int heldAt(int instance) {
    return circuit.hasSharedInputs() ? 0 : instance * state.inputWidth;
  }

  /**
   * An instance had an event in the last period and has none now: whether its output comes late
   * must be known at once.
   */
  private void becomeIdle(int instance, long period, boolean justIdle, StepRows rows) {
    if (!justIdle || !evaluator.hasLateOutputs()) {
      return;
    }
    decideLate(instance);
    if (state.lateOutput[instance] > 0) {
      rows.answer(
          instance,
          state.lateOutput[instance],
          delayFs(state.lateLatencyS[instance]),
          0,
          0,
          RowFlags.E3 | idleFlags);
      totals.flagged += idleFlags == 0 ? 0 : 1;
    }
  }

  private void decideLate(int instance) {
    window(instance, state.held, heldAt(instance));
    state.lateOutput[instance] = evaluator.late(instance, heldOutside(instance));
    state.lateLatencyS[instance] = evaluator.latencyS;
    idleFlags = evaluator.flags;
    state.lateOutside[instance] = isOutside(instance, state.idleFrom[instance], EventKind.E3);
    state.lateKnown[instance] = true;
  }

  private void inputEvent(int instance, long period, int row, StepRows rows) {
    boolean wasIdle = state.idleFrom[instance] < period;
    double idleJ = wasIdle ? endIdle(instance, period) : 0;
    // What the row says of the idle stretch that it ended counts for the row.
    int outside = wasIdle && idleOutside ? RowFlags.OUT_OF_RANGE : 0;
    state.lateKnown[instance] = false;
    int at = rows.inputOffset(row);
    window(instance, rows.inputs, at);
    evaluator.input(
        instance,
        circuit.hasSharedInputs()
            ? sharedOutside
            : evaluator.inputsOutside(rows.inputs, at, instance));
    totals.crossings++;
    totals.dynamicJ += evaluator.energyJ;
    boolean e1 = evaluator.kind == EventKind.E1;
    if (e1) {
      totals.e1++;
    } else {
      totals.e2++;
    }
    countOutput(Double.isNaN(evaluator.latencyS) ? 0 : 1, evaluator.latencyS);
    if (isOutside(instance, period, evaluator.kind)) {
      totals.outside++;
    }
    int flags = evaluator.flags | outside;
    totals.flagged += flags == 0 ? 0 : 1;
    rows.answer(
        instance,
        evaluator.output,
        delayFs(evaluator.latencyS),
        evaluator.energyJ,
        idleJ,
        flags | (e1 ? RowFlags.E1 : RowFlags.E2));
    if (circuit.hasHeldInputs() && !circuit.hasSharedInputs()) {
      System.arraycopy(rows.inputs, at, state.held, heldAt(instance), state.inputWidth);
    }
    state.idleFrom[instance] = period + 1;
    tell(instance, period, 1);
  }

  /** Closes an idle stretch that ends before {@code period}; returns its energy in J. */
  private double endIdle(int instance, long period) {
    if (!state.lateKnown[instance]) {
      decideLate(instance);
    }
    long start = state.idleFrom[instance];
    long periods = period - start;
    window(instance, state.held, heldAt(instance));
    evaluator.idle(
        instance,
        periods,
        state.lateOutput[instance],
        state.lateLatencyS[instance],
        heldOutside(instance));
    idleOutside = isOutside(instance, start, EventKind.E3) || state.lateOutside[instance];
    if (idleOutside) {
      totals.outside++;
    }
    totals.e3++;
    totals.idlePeriods += periods;
    totals.staticJ += evaluator.energyJ;
    countOutput(
        circuit.hasEventOutput() ? (long) state.lateOutput[instance] : 0,
        state.lateLatencyS[instance]);
    state.idleFrom[instance] = period;
    tell(instance, start, periods);
    return evaluator.energyJ;
  }

  /** Whether the event just evaluated has a quantity outside; keeps the first such quantity. */
  private boolean isOutside(int instance, long step, EventKind kind) {
    boolean outside = (evaluator.flags & RowFlags.OUT_OF_RANGE) != 0;
    if (outside && totals.firstOutside == null) {
      totals.firstOutside = evaluator.outside(instance, step, kind);
    }
    return outside;
  }

  /** Index of the held input that is outside. */
  private int heldOutside(int instance) {
    return circuit.hasSharedInputs()
        ? heldOutside
        : circuit.hasHeldInputs()
            ? evaluator.inputsOutside(state.held, heldAt(instance), instance)
            : NONE;
  }

  private void window(int instance, double[] inputs, int inputsAt) {
    FeatureContext x = evaluator.context;
    x.inputs = inputs;
    x.inputsAt = inputsAt;
    x.previous = state.held;
    x.previousAt = heldAt(instance);
  }

  private void countOutput(long count, double latencyS) {
    if (count > 0) {
      totals.outputs += count;
      totals.latencySumS += latencyS;
      totals.latencyMaxS = Math.max(totals.latencyMaxS, latencyS);
    }
  }

  private void tell(int instance, long step, long periods) {
    if (listener != null) {
      listener.event(
          instance,
          step,
          evaluator.kind,
          periods,
          evaluator.output,
          evaluator.energyJ,
          evaluator.latencyS,
          evaluator.statesOf(instance));
    }
  }

  private static long delayFs(double latencyS) {
    return Double.isNaN(latencyS) ? -1 : Math.max(1, Math.round(latencyS * 1e15));
  }

  /** An instance's states in V, in the circuit's order; the array is reused. */
  public double[] states(int instance) {
    return evaluator.statesOf(instance);
  }

  /**
   * Replaces an instance's states, for evaluation with golden states (an oracle).
   *
   * @param states in V, in the circuit's order
   */
  public void setStates(int instance, double[] states) {
    evaluator.setStates(instance, states);
    state.lateKnown[instance] = false;
  }
}
