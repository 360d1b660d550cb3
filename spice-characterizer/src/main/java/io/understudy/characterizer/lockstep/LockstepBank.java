package io.understudy.characterizer.lockstep;

import io.understudy.characterizer.deck.Corners;
import io.understudy.characterizer.extract.GoldenEvent;
import io.understudy.characterizer.ngspice.NgspiceException;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.EventListener;
import io.understudy.surrogate.event.RowFlags;
import io.understudy.surrogate.event.StepRows;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A bank answered by ngspice. A period with an input is simulated to its end before it is answered.
 * So is an idle one where outputs are events, for one that comes late. Only what passes without a
 * step is simulated afterwards; an output there is counted, but the simulator has not seen it.
 */
final class LockstepBank implements BankEvaluator {
  private final LockstepSimulator simulator;
  private final Circuit circuit;
  private final LockstepInstance[] instances;
  private final EventListener listener;
  private final BankTotals totals = new BankTotals();
  private final int inputWidth;

  /** Held inputs of each instance. */
  private final double[][] held;

  /** What each instance's part in a step came to. */
  private final GoldenEvent[] ended;

  private final GoldenEvent[] begun;

  /** Output events of each since the last step that nobody has seen. */
  private final double[] missed;

  private boolean released;

  LockstepBank(
      LockstepSimulator simulator,
      Circuit circuit,
      LockstepInstance[] instances,
      EventListener listener) {
    this.simulator = simulator;
    this.circuit = circuit;
    this.instances = instances;
    this.listener = listener;
    this.inputWidth = circuit.inputColumns().size();
    this.held = new double[instances.length][];
    Arrays.fill(held, Corners.initial(circuit));
    this.ended = new GoldenEvent[instances.length];
    this.begun = new GoldenEvent[instances.length];
    this.missed = new double[instances.length];
  }

  @Override
  public int instances() {
    return instances.length;
  }

  @Override
  public BankTotals totals() {
    return totals;
  }

  @Override
  public void step(long period, StepRows rows) {
    int[] rowOf = new int[instances.length];
    BitSet events = new BitSet();
    for (int r = 0; r < rows.rows; r++) {
      int instance = rows.instance[r];
      if (changed(rows, r, instance)) {
        events.set(instance);
        rowOf[instance] = r;
      }
    }
    BitSet touched = (BitSet) events.clone();
    if (circuit.hasEventOutput()) {
      touched.set(0, instances.length);
    }
    int[] order = touched.stream().toArray();
    simulator.all(
        order.length,
        k -> {
          int instance = order[k];
          double[] inputs = events.get(instance) ? inputs(rows, rowOf[instance]) : null;
          guarded(instance, () -> simulate(instance, period, inputs));
        });
    rows.answers = 0;
    rows.reserveAnswers(order.length);
    for (int instance : order) {
      answer(instance, events.get(instance), rows);
    }
  }

  private boolean changed(StepRows rows, int row, int instance) {
    return !circuit.hasHeldInputs() || !Arrays.equals(inputs(rows, row), held[instance]);
  }

  private double[] inputs(StepRows rows, int row) {
    int at = rows.inputOffset(row);
    return Arrays.copyOfRange(rows.inputs, at, at + inputWidth);
  }

  private void guarded(int instance, Runnable work) {
    try {
      work.run();
    } catch (NgspiceException e) {
      throw LockstepSimulator.failed(
          instance,
          "step " + instances[instance].reached(),
          e,
          instances[instance].process().deckFile());
    }
  }

  /**
   * Brings an instance to the end of a period.
   *
   * @param inputs null when it is idle
   */
  private void simulate(int instance, long period, double[] inputs) {
    LockstepInstance golden = instances[instance];
    missed[instance] = golden.idleTo(period);
    if (inputs == null) {
      begun[instance] = golden.idlePeriod();
      return;
    }
    ended[instance] = golden.endIdle(period);
    begun[instance] = golden.input(inputs);
    held[instance] = inputs;
  }

  private void answer(int instance, boolean input, StepRows rows) {
    GoldenEvent event = begun[instance];
    int flags = missed[instance] > 0 ? RowFlags.OUTPUT_MISSED : 0;
    totals.flagged += flags == 0 ? 0 : 1;
    if (!input) {
      if (event.output() > 0 || flags != 0) {
        rows.answer(instance, event.output(), delayFs(event), 0, 0, flags | RowFlags.E3);
      }
      return;
    }
    GoldenEvent before = ended[instance];
    if (before != null) {
      count(instance, before);
    }
    count(instance, event);
    rows.answer(
        instance,
        event.output(),
        delayFs(event),
        event.energyJ(),
        before == null ? 0 : before.energyJ(),
        flags | (event.kind() == EventKind.E1 ? RowFlags.E1 : RowFlags.E2));
  }

  @Override
  public void close(long endPeriod) {
    simulator.all(
        instances.length,
        k ->
            guarded(
                k,
                () -> {
                  missed[k] = instances[k].idleTo(endPeriod);
                  // The last period was looked at before it was known that the run ends there.
                  ended[k] = instances[k].endIdle(endPeriod);
                }));
    for (int k = 0; k < instances.length; k++) {
      totals.flagged += missed[k] > 0 ? 1 : 0;
      if (ended[k] != null) {
        count(k, ended[k]);
      }
    }
    release();
  }

  @Override
  public void release() {
    if (!released) {
      released = true;
      simulator.release(instances);
    }
  }

  private void count(int instance, GoldenEvent event) {
    switch (event.kind()) {
      case E1, E2 -> {
        totals.crossings++;
        totals.dynamicJ += event.energyJ();
        if (event.kind() == EventKind.E1) {
          totals.e1++;
        } else {
          totals.e2++;
        }
        countOutputs(Double.isNaN(event.latencyS()) ? 0 : 1, event.latencyS());
      }
      case E3 -> {
        totals.e3++;
        totals.idlePeriods += event.interval().periods();
        totals.staticJ += event.energyJ();
        countOutputs(circuit.hasEventOutput() ? (long) event.output() : 0, event.latencyS());
      }
    }
    if (listener != null) {
      listener.event(
          instance,
          event.interval().step(),
          event.kind(),
          event.interval().periods(),
          event.output(),
          event.energyJ(),
          event.latencyS(),
          event.statesEnd());
    }
  }

  private void countOutputs(long count, double latencyS) {
    if (count > 0) {
      totals.outputs += count;
      totals.latencySumS += latencyS;
      totals.latencyMaxS = Math.max(totals.latencyMaxS, latencyS);
    }
  }

  private long delayFs(GoldenEvent event) {
    return Double.isNaN(event.latencyS())
        ? -1
        : Math.min(circuit.periodFs() - 1, Math.max(1, Math.round(event.latencyS() * 1e15)));
  }
}
