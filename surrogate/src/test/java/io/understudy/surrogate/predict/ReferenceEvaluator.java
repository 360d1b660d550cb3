package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.OutputPort;
import io.understudy.surrogate.circuit.PredictorSpec.Moment;
import io.understudy.surrogate.circuit.StateNode;
import io.understudy.surrogate.circuit.UnsettledStart;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.OutsideRange;
import io.understudy.surrogate.event.RowFlags;
import io.understudy.surrogate.feature.FeatureContext;
import io.understudy.surrogate.feature.FeatureProgram;
import java.util.List;

/**
 * Evaluates single events of a bank's instances, stage by stage, and keeps the instances' states.
 * The result of the last event stands in its fields.
 */
final class ReferenceEvaluator {
  final FeatureContext context = new FeatureContext();

  /** Kind of the last event. */
  EventKind kind;

  /** Output of the last event: volts, or a number of output events. */
  double output;

  /** Latency of the last event's output in s; NaN where there is none. */
  double latencyS;

  /** Energy of the last event in J. */
  double energyJ;

  /** Flags of the last event beyond its kind. */
  int flags;

  private final FeatureProgram program;
  private final double[] features;
  private final ReferenceWatch watch;
  private final OutputPort outputPort;
  private final double periodS;
  private final int stateCount;
  private final int outputState;
  private final double[] stateMin;
  private final double[] stateMax;
  private final double[] states;
  private final double[] scratch;
  private final double[] parameters;
  private final double[] constants;
  private final int parameterCount;

  private final Predictor decision;
  private final Predictor level;
  private final Predictor latency;
  private final Predictor lateDecision;
  private final Predictor lateLatency;
  private final Predictor idleLevel;
  private final EventPredictors e1;
  private final EventPredictors e2;
  private final EventPredictors e3;
  private final EventPredictors unsettledE2;
  private final EventPredictors unsettledE3;
  private final Circuit circuit;

  /**
   * Predictors of what an event leaves behind.
   *
   * @param energy of its energy
   * @param first of each state that looks at no end; null: the state keeps its value
   * @param second of each state that looks at the ends of others; null for none
   * @param looksAtEnd whether any predictor, the energy's too, looks at the states' ends
   */
  private record EventPredictors(
      Predictor energy, Predictor[] first, Predictor[] second, boolean looksAtEnd) {
    static EventPredictors of(Surrogate surrogate, Moment on, List<StateNode> states) {
      Predictor[] first = new Predictor[states.size()];
      Predictor[] second = new Predictor[states.size()];
      boolean looksAtEnd = surrogate.looksAtEnd(on + "_energy");
      for (int k = 0; k < first.length; k++) {
        String name = on + "_" + states.get(k).name();
        boolean later = surrogate.looksAtEnd(name);
        (later ? second : first)[k] = surrogate.predictor(name);
        looksAtEnd |= later;
      }
      return new EventPredictors(surrogate.predictor(on + "_energy"), first, second, looksAtEnd);
    }
  }

  ReferenceEvaluator(Surrogate surrogate, double[][] instanceParameters, BankState state) {
    this.circuit = surrogate.folder().circuit();
    this.program = surrogate.program;
    this.features = new double[surrogate.featureCount];
    this.watch = new ReferenceWatch(surrogate);
    this.outputPort = circuit.output();
    this.periodS = circuit.clock().periodS();
    List<StateNode> nodes = circuit.states();
    this.stateCount = state.stateCount;
    this.stateMin = nodes.stream().mapToDouble(StateNode::min).toArray();
    this.stateMax = nodes.stream().mapToDouble(StateNode::max).toArray();
    int alias = -1;
    for (int k = 0; k < stateCount; k++) {
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
    this.e1 = EventPredictors.of(surrogate, Moment.E1, nodes);
    this.e2 = EventPredictors.of(surrogate, Moment.E2, nodes);
    this.e3 = EventPredictors.of(surrogate, Moment.E3, nodes);
    this.unsettledE2 = EventPredictors.of(surrogate, Moment.E2_UNSETTLED, nodes);
    this.unsettledE3 = EventPredictors.of(surrogate, Moment.E3_UNSETTLED, nodes);
    int instances = instanceParameters.length;
    this.parameterCount = circuit.parameterColumns().size();
    this.parameters = new double[instances * parameterCount];
    this.constants = new double[instances * program.constants()];
    this.states = state.states;
    this.scratch = new double[stateCount];
    context.next = scratch;
    for (int i = 0; i < instances; i++) {
      System.arraycopy(instanceParameters[i], 0, parameters, i * parameterCount, parameterCount);
      select(i);
      program.instance(context);
      program.evaluate(Surrogate.INITIAL_GROUP, context, scratch);
      System.arraycopy(scratch, 0, states, i * stateCount, stateCount);
      watch.parameters(i, instances, parameters, i * parameterCount);
    }
  }

  /** The first of the last event's quantities outside what training saw; there must be one. */
  OutsideRange outside(int instance, long step, EventKind of) {
    return watch.first(instance, step, of);
  }

  /** Index of the first input outside what training saw, see {@link ReferenceWatch}. */
  int inputsOutside(double[] values, int at, int instance) {
    return watch.inputsOutside(values, at, instance);
  }

  boolean hasLateOutputs() {
    return lateDecision != null;
  }

  /** States of an instance in V; the array is reused. */
  double[] statesOf(int instance) {
    System.arraycopy(states, instance * stateCount, scratch, 0, stateCount);
    return scratch;
  }

  void setStates(int instance, double[] values) {
    System.arraycopy(values, 0, states, instance * stateCount, stateCount);
  }

  private boolean happens(Predictor predictor) {
    boolean isSure = predictor.hasGate() && features[predictor.gateSlot] < predictor.gateFrom;
    return !isSure && raw(predictor, features) > predictor.decision;
  }

  /** An input event of one period; the context's inputs are set. */
  void input(int instance, int inputsOutside) {
    begin(instance, inputsOutside);
    if (outputPort instanceof OutputPort.Level port) {
      levelEvent(instance, port);
    } else {
      run(Stage.DECISION, instance);
      boolean happens = happens(decision);
      kind = happens ? EventKind.E1 : EventKind.E2;
      output = happens ? 1 : 0;
      latencyS = Double.NaN;
      if (happens) {
        context.output = 1;
        run(Stage.OUTPUT, instance);
        run(Stage.LATENCY, instance);
        latencyS = clampLatency(latency, periodS);
        context.latency = latencyS;
        finish(instance, Stage.E1, e1);
      } else {
        boolean tail = isUnsettled(instance);
        finish(instance, tail ? Stage.E2_UNSETTLED : Stage.E2, tail ? unsettledE2 : e2);
      }
    }
  }

  private void levelEvent(int instance, OutputPort.Level port) {
    kind = EventKind.E1;
    run(Stage.DECISION, instance);
    run(Stage.OUTPUT, instance);
    output = value(level, features);
    context.output = output;
    flagSaturation(port);
    run(Stage.LATENCY, instance);
    double value = clampLatency(latency, periodS);
    boolean moves =
        outputState < 0
            || Math.abs(output - states[instance * stateCount + outputState])
                >= port.latency().minSwing();
    latencyS = moves ? value : Double.NaN;
    context.latency = value;
    finish(instance, Stage.E1, e1);
  }

  private void flagSaturation(OutputPort.Level port) {
    if (output < port.min() || output > port.max()) {
      flags |= RowFlags.SATURATED;
    }
  }

  /**
   * Whether an output comes late in an idle stretch that begins: the number of output events; its
   * latency in latencyS.
   */
  double late(int instance, int inputsOutside) {
    begin(instance, inputsOutside);
    latencyS = Double.NaN;
    if (lateDecision == null) {
      return 0;
    }
    run(Stage.LATE_DECISION, instance);
    if (!happens(lateDecision)) {
      flagRange();
      return 0;
    }
    run(Stage.LATE_LATENCY, instance);
    flagRange();
    latencyS = lateLatency == null ? periodS : clampLatency(lateLatency, Double.POSITIVE_INFINITY);
    return 1;
  }

  /** Ends an idle stretch of so many periods whose late output is known. */
  void idle(int instance, long periods, double lateOutput, double lateLatencyS, int inputsOutside) {
    begin(instance, inputsOutside);
    kind = EventKind.E3;
    context.periods = periods;
    watch.periods(periods, instance);
    latencyS = lateLatencyS;
    context.latency = Double.isNaN(lateLatencyS) ? 0 : lateLatencyS;
    if (outputPort instanceof OutputPort.Level) {
      run(Stage.E3_OUTPUT, instance);
      output =
          idleLevel != null
              ? value(idleLevel, features)
              : outputState >= 0 ? states[instance * stateCount + outputState] : 0;
    } else {
      output = lateOutput;
    }
    context.output = output;
    boolean tail = isUnsettled(instance);
    finish(instance, tail ? Stage.E3_UNSETTLED : Stage.E3, tail ? unsettledE3 : e3);
  }

  private boolean isUnsettled(int instance) {
    return new UnsettledStart(circuit).at(states, instance * stateCount);
  }

  private void begin(int instance, int inputsOutside) {
    select(instance);
    watch.begin(instance, inputsOutside, context);
    flags = 0;
  }

  private void select(int instance) {
    context.states = states;
    context.statesAt = instance * stateCount;
    context.parameters = parameters;
    context.parametersAt = instance * parameterCount;
    context.constants = constants;
    context.constantsAt = instance * program.constants();
  }

  private void run(Stage stage, int instance) {
    program.evaluate(stage.ordinal(), context, features);
    watch.features(stage, features, instance);
  }

  /** The event's end: its states and energy, each in the stage in which its predictor runs. */
  private void finish(int instance, Stage stage, EventPredictors predictors) {
    run(stage, instance);
    int at = instance * stateCount;
    System.arraycopy(states, at, scratch, 0, stateCount);
    if (outputState >= 0) {
      scratch[outputState] = clamp(outputState, output);
    }
    predict(predictors.first(), at);
    if (predictors.looksAtEnd()) {
      run(stage.next(), instance);
      predict(predictors.second(), at);
    }
    energyJ = value(predictors.energy(), features);
    System.arraycopy(scratch, 0, states, at, stateCount);
    flagRange();
  }

  private void flagRange() {
    if (watch.isOutside()) {
      flags |= RowFlags.OUT_OF_RANGE;
    }
  }

  private void predict(Predictor[] ends, int at) {
    for (int k = 0; k < stateCount; k++) {
      if (ends[k] != null) {
        scratch[k] = clamp(k, value(ends[k], features) + (ends[k].change ? states[at + k] : 0));
      }
    }
  }

  private double clamp(int state, double value) {
    return Math.min(Math.max(value, stateMin[state]), stateMax[state]);
  }

  private double clampLatency(Predictor predictor, double most) {
    double value = value(predictor, features);
    double clamped =
        Math.min(Math.max(value, predictor.targetMin), Math.min(predictor.targetMax, most));
    if (clamped != value) {
      flags |= RowFlags.LATENCY_CLAMPED;
    }
    return clamped;
  }

  private double value(Predictor p, double[] features) {
    double value = p.scale * p.transform.inverse(raw(p, features));
    double within =
        p.forest.hasLinearLeaves() ? Math.min(Math.max(value, p.targetMin), p.targetMax) : value;
    return p.perPeriod ? within * context.periods : within;
  }

  private static double raw(Predictor p, double[] features) {
    double trees = p.forest.score(features, p.slots);
    if (p.base == null) {
      return trees;
    }
    double linear = p.base[0];
    for (int k = 0; k < p.slots.length; k++) {
      linear += p.base[k + 1] * features[p.slots[k]];
    }
    return linear + trees;
  }
}
