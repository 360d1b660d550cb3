package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.OutputPort;
import io.understudy.surrogate.circuit.PredictorSpec.Moment;
import io.understudy.surrogate.circuit.StateNode;
import io.understudy.surrogate.circuit.UnsettledStart;
import io.understudy.surrogate.event.RowFlags;
import io.understudy.surrogate.feature.FeatureProgram;
import java.util.List;

/**
 * Evaluates blocks of events stage by stage: a stage computes the features that it adds and runs
 * its predictors on all rows of the block. The results stand in the block, the states that the
 * events leave in the bank's state. A row's results depend on that row alone. Safe for use by
 * several threads with blocks and instances of their own.
 */
final class StagedEvaluator {
  private final FeatureProgram program;
  private final Surrogate surrogate;
  private final BankState state;
  private final OutputPort outputPort;
  private final double periodS;
  private final int outputState;
  private final double[] stateMin;
  private final double[] stateMax;
  private final Predictor decision;
  private final Predictor level;
  private final Predictor latency;
  private final Predictor lateDecision;
  private final Predictor lateLatency;
  private final Predictor idleLevel;
  private final EventEnds e1;
  private final EventEnds e2;
  private final EventEnds e3;
  private final EventEnds unsettledE2;
  private final EventEnds unsettledE3;
  private final UnsettledStart unsettledStart;

  StagedEvaluator(Surrogate surrogate, BankState state) {
    Circuit circuit = surrogate.folder().circuit();
    this.surrogate = surrogate;
    this.program = surrogate.program;
    this.state = state;
    this.outputPort = circuit.output();
    this.periodS = circuit.clock().periodS();
    List<StateNode> nodes = circuit.states();
    this.stateMin = nodes.stream().mapToDouble(StateNode::min).toArray();
    this.stateMax = nodes.stream().mapToDouble(StateNode::max).toArray();
    int alias = -1;
    for (int k = 0; k < nodes.size(); k++) {
      alias = PredictorPlan.isOutput(circuit, nodes.get(k)) ? k : alias;
    }
    this.outputState = alias;
    String name = outputPort.name();
    this.decision = surrogate.predictor("INPUT_" + name);
    this.level = surrogate.predictor("E1_" + name);
    this.latency = surrogate.predictor("E1_latency");
    this.lateDecision = surrogate.predictor("IDLE_" + name);
    this.lateLatency = surrogate.predictor("LATE_latency");
    this.idleLevel = surrogate.predictor("E3_" + name);
    this.e1 = EventEnds.of(surrogate, Moment.E1, nodes);
    this.e2 = EventEnds.of(surrogate, Moment.E2, nodes);
    this.e3 = EventEnds.of(surrogate, Moment.E3, nodes);
    this.unsettledE2 = EventEnds.of(surrogate, Moment.E2_UNSETTLED, nodes);
    this.unsettledE3 = EventEnds.of(surrogate, Moment.E3_UNSETTLED, nodes);
    this.unsettledStart = new UnsettledStart(circuit);
  }

  boolean hasLateOutputs() {
    return lateDecision != null;
  }

  boolean hasEventOutput() {
    return !(outputPort instanceof OutputPort.Level);
  }

  /**
   * Whether outputs come late in idle stretches that begin: no row's does after this but those that
   * are moved to {@code late}, where one does, with its latency.
   */
  void late(EventBlock block, EventBlock late) {
    late.rows = 0;
    java.util.Arrays.fill(block.latencyS, 0, block.rows, Double.NaN);
    if (lateDecision == null) {
      return;
    }
    run(Stage.LATE_DECISION, block);
    decide(lateDecision, Stage.LATE_DECISION, block, late);
    int first = surrogate.firstFeature(Stage.LATE_DECISION);
    late.take(
        block, lateDecision.pick(block, true), first, surrogate.endFeature(Stage.LATE_DECISION));
    flagRange(block);
    if (late.rows > 0) {
      run(Stage.LATE_LATENCY, late);
      flagRange(late);
      if (lateLatency == null) {
        java.util.Arrays.fill(late.latencyS, 0, late.rows, periodS);
      } else {
        clampLatency(lateLatency, Double.POSITIVE_INFINITY, late);
      }
    }
  }

  /** Whether an instance has not settled from its last output. */
  boolean isUnsettled(int instance) {
    return unsettledStart.at(state.states, state.statesAt(instance));
  }

  /**
   * Ends idle stretches whose lengths and late outputs are known: these stand in the columns and in
   * {@code latencyS}.
   *
   * @param startUnsettled whether all of them started unsettled, or none did
   */
  void idle(EventBlock block, boolean startUnsettled) {
    double[] outputs = block.columns.output;
    for (int r = 0; r < block.rows; r++) {
      double late = block.latencyS[r];
      block.columns.latency[r] = Double.isNaN(late) ? 0 : late;
    }
    if (!hasEventOutput()) {
      run(Stage.E3_OUTPUT, block);
      if (idleLevel != null) {
        idleLevel.values(block);
      }
      for (int r = 0; r < block.rows; r++) {
        outputs[r] =
            idleLevel != null
                ? block.values[r]
                : outputState >= 0 ? state.states[block.columns.statesAt[r] + outputState] : 0;
      }
    }
    if (startUnsettled) {
      finish(Stage.E3_UNSETTLED, unsettledE3, block);
    } else {
      finish(Stage.E3, e3, block);
    }
  }

  /** Input events of a level output. */
  void level(EventBlock block) {
    OutputPort.Level port = (OutputPort.Level) outputPort;
    double[] outputs = block.columns.output;
    run(Stage.DECISION, block);
    run(Stage.OUTPUT, block);
    level.values(block);
    for (int r = 0; r < block.rows; r++) {
      outputs[r] = block.values[r];
      if (outputs[r] < port.min() || outputs[r] > port.max()) {
        block.flags[r] |= RowFlags.SATURATED;
      }
    }
    run(Stage.LATENCY, block);
    clampLatency(latency, periodS, block);
    for (int r = 0; r < block.rows; r++) {
      block.columns.latency[r] = block.latencyS[r];
      boolean moves =
          outputState < 0
              || Math.abs(outputs[r] - state.states[block.columns.statesAt[r] + outputState])
                  >= port.latency().minSwing();
      block.latencyS[r] = moves ? block.latencyS[r] : Double.NaN;
    }
    finish(Stage.E1, e1, block);
  }

  /**
   * Input events of an event output: moved to those with an output, those without, and those
   * without that start unsettled.
   */
  void events(EventBlock block, EventBlock with, EventBlock without, EventBlock tail) {
    run(Stage.DECISION, block);
    decide(decision, Stage.DECISION, block, with);
    int first = surrogate.firstFeature(Stage.DECISION);
    int end = surrogate.endFeature(Stage.DECISION);
    with.take(block, decision.pick(block, true), first, end);
    without.take(block, keep(block, decision.pick(block, false), false), first, end);
    tail.rows = 0;
    if (unsettledStart.isPossible()) {
      tail.take(block, keep(block, decision.pick(block, false), true), first, end);
    }
    if (with.rows > 0) {
      java.util.Arrays.fill(with.columns.output, 0, with.rows, 1);
      run(Stage.OUTPUT, with);
      run(Stage.LATENCY, with);
      clampLatency(latency, periodS, with);
      System.arraycopy(with.latencyS, 0, with.columns.latency, 0, with.rows);
      finish(Stage.E1, e1, with);
    }
    withoutOutput(Stage.E2, e2, without);
    withoutOutput(Stage.E2_UNSETTLED, unsettledE2, tail);
  }

  private void withoutOutput(Stage stage, EventEnds ends, EventBlock block) {
    if (block.rows > 0) {
      java.util.Arrays.fill(block.columns.output, 0, block.rows, 0);
      java.util.Arrays.fill(block.latencyS, 0, block.rows, Double.NaN);
      finish(stage, ends, block);
    }
  }

  /** Keeps those of the picked rows that start unsettled, or the others; returns their number. */
  private int keep(EventBlock block, int picked, boolean startUnsettled) {
    if (!unsettledStart.isPossible()) {
      return picked;
    }
    int count = 0;
    for (int k = 0; k < picked; k++) {
      int row = block.picked[k];
      if (isUnsettled(block.instance[row]) == startUnsettled) {
        block.picked[count++] = row;
      }
    }
    return count;
  }

  /**
   * The raw scores of a decision; that of a sure row is the least there is.
   *
   * @param spare is overwritten: takes the rows that are not sure
   */
  private void decide(Predictor predictor, Stage stage, EventBlock block, EventBlock spare) {
    if (!predictor.hasGate()) {
      predictor.raw(block);
      return;
    }
    int open = predictor.pickOpen(block);
    spare.take(block, open, surrogate.firstFeature(stage), surrogate.endFeature(stage));
    predictor.raw(spare);
    java.util.Arrays.fill(block.values, 0, block.rows, Double.NEGATIVE_INFINITY);
    for (int r = 0; r < open; r++) {
      block.values[block.picked[r]] = spare.values[r];
    }
  }

  private void run(Stage stage, EventBlock block) {
    program.evaluate(stage.ordinal(), block.columns, block.rows, block.features);
    block.computed(surrogate.firstFeature(stage), surrogate.endFeature(stage));
    block.watch.features(stage, block);
  }

  /** The events' ends: states and energies, each in the stage in which its predictor runs. */
  private void finish(Stage stage, EventEnds ends, EventBlock block) {
    run(stage, block);
    int count = state.stateCount;
    int[] at = block.columns.statesAt;
    double[] next = block.columns.next;
    for (int r = 0; r < block.rows; r++) {
      System.arraycopy(state.states, at[r], next, r * count, count);
      if (outputState >= 0) {
        next[r * count + outputState] = clamp(outputState, block.columns.output[r]);
      }
    }
    predict(ends.first(), block);
    if (ends.looksAtEnd()) {
      run(stage.next(), block);
      predict(ends.second(), block);
    }
    ends.energy().values(block);
    System.arraycopy(block.values, 0, block.energyJ, 0, block.rows);
    for (int r = 0; r < block.rows; r++) {
      System.arraycopy(next, r * count, state.states, at[r], count);
    }
    flagRange(block);
  }

  private void predict(Predictor[] ends, EventBlock block) {
    int count = state.stateCount;
    for (int k = 0; k < count; k++) {
      if (ends[k] != null) {
        ends[k].values(block);
        for (int r = 0; r < block.rows; r++) {
          double start = ends[k].change ? state.states[block.columns.statesAt[r] + k] : 0;
          block.columns.next[r * count + k] = clamp(k, block.values[r] + start);
        }
      }
    }
  }

  private static void flagRange(EventBlock block) {
    for (int r = 0; r < block.rows; r++) {
      if (block.watch.isOutside(r)) {
        block.flags[r] |= RowFlags.OUT_OF_RANGE;
      }
    }
  }

  private double clamp(int index, double value) {
    return Math.min(Math.max(value, stateMin[index]), stateMax[index]);
  }

  private void clampLatency(Predictor predictor, double most, EventBlock block) {
    predictor.values(block);
    double max = Math.min(predictor.targetMax, most);
    for (int r = 0; r < block.rows; r++) {
      double value = block.values[r];
      block.latencyS[r] = Math.min(Math.max(value, predictor.targetMin), max);
      if (block.latencyS[r] != value) {
        block.flags[r] |= RowFlags.LATENCY_CLAMPED;
      }
    }
  }
}
