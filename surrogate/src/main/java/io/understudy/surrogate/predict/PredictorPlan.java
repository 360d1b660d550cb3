package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitException;
import io.understudy.surrogate.circuit.OutputPort;
import io.understudy.surrogate.circuit.PredictorSpec;
import io.understudy.surrogate.circuit.PredictorSpec.Moment;
import io.understudy.surrogate.circuit.StateNode;
import io.understudy.surrogate.feature.FeatureProgram;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One predictor of a circuit with its feature sets spelled out. Training and serving both start
 * from this list, so that they cannot drift apart.
 *
 * @param spec what circuit.yaml says
 * @param target the output's name, {@code latency}, {@code energy} or one state's name
 * @param stage when it runs
 * @param features expressions, without repeats
 */
public record PredictorPlan(PredictorSpec spec, String target, Stage stage, List<String> features) {
  public static final String LATENCY = "latency";
  public static final String ENERGY = "energy";
  public static final String STATES = "states";

  /** Ending of the name of a state at the event's end. */
  private static final String NEXT = "_next";

  /**
   * A name that is unique among a circuit's predictors, used for files and in errors: {@code
   * E1_latency}.
   */
  public String name() {
    return spec.on() + "_" + target;
  }

  /** True when it decides whether an event output happens; its label is 1 or 0. */
  public boolean decides() {
    return spec.on() == Moment.INPUT || spec.on() == Moment.IDLE;
  }

  /**
   * The predictors of a circuit in their order.
   *
   * @throws CircuitException when one is missing, repeated, or of a target that its moment does not
   *     have
   */
  public static List<PredictorPlan> of(Circuit circuit) {
    List<PredictorPlan> plans = new ArrayList<>();
    for (PredictorSpec spec : circuit.predictors()) {
      List<String> features = features(circuit, spec);
      checkGate(spec, features);
      for (String target : targets(circuit, spec)) {
        checkTarget(circuit, spec, target);
        plans.add(
            new PredictorPlan(spec, target, stage(circuit, spec, target, features), features));
      }
    }
    checkNext(circuit, plans);
    checkComplete(circuit, plans);
    return List.copyOf(plans);
  }

  /**
   * True when a state is the level output's own node: it takes the output's value and needs no
   * predictor.
   */
  public static boolean isOutput(Circuit circuit, StateNode state) {
    return circuit.output() instanceof OutputPort.Level level && level.node().equals(state.node());
  }

  private static Stage stage(
      Circuit circuit, PredictorSpec spec, String target, List<String> features) {
    Stage stage = Stage.of(circuit, spec.on(), target);
    return nextStates(circuit, features).isEmpty() || stage.next() == null ? stage : stage.next();
  }

  /** States whose values at the event's end the features look at. */
  private static List<String> nextStates(Circuit circuit, List<String> features) {
    Set<String> variables = FeatureProgram.variables(circuit, features);
    return circuit.stateNames().stream().filter(s -> variables.contains(s + NEXT)).toList();
  }

  /** What looks at the end of a state needs that state's own predictor to look at none. */
  private static void checkNext(Circuit circuit, List<PredictorPlan> plans) {
    for (PredictorPlan plan : plans) {
      // Asked of those alone that look at an end: it costs a parse of all features.
      List<String> states =
          plan.stage.looksAtEnd() ? nextStates(circuit, plan.features) : List.of();
      for (String state : states) {
        boolean chained =
            plans.stream()
                .filter(other -> other.spec.on() == plan.spec.on() && other.target.equals(state))
                .anyMatch(other -> other.stage != Stage.of(circuit, other.spec.on(), state));
        if (chained) {
          throw new CircuitException(
              "predictors: "
                  + plan.name()
                  + ": looks at "
                  + state
                  + NEXT
                  + " (expected: a state whose own predictor looks at no end)");
        }
      }
    }
  }

  private static void checkGate(PredictorSpec spec, List<String> features) {
    if (spec.gate() != null && !features.contains(spec.gate())) {
      throw new CircuitException(
          "predictors: on "
              + spec.on()
              + ": gate "
              + spec.gate()
              + " (expected: one of its features "
              + features
              + ")");
    }
  }

  private static List<String> targets(Circuit circuit, PredictorSpec spec) {
    return spec.target().equals(STATES)
        ? circuit.states().stream().filter(s -> !isOutput(circuit, s)).map(StateNode::name).toList()
        : List.of(spec.target());
  }

  private static List<String> features(Circuit circuit, PredictorSpec spec) {
    Set<String> all = new LinkedHashSet<>();
    for (String feature : spec.features()) {
      List<String> set = circuit.featureSets().get(feature);
      all.addAll(set == null ? List.of(feature) : set);
    }
    return List.copyOf(all);
  }

  private static void checkTarget(Circuit circuit, PredictorSpec spec, String target) {
    String output = circuit.output().name();
    Set<String> allowed = new LinkedHashSet<>();
    boolean event = circuit.hasEventOutput();
    switch (spec.on()) {
      case INPUT, IDLE -> allowed.addAll(event ? List.of(output) : List.of());
      case LATE -> allowed.addAll(event ? List.of(LATENCY) : List.of());
      case E1 -> allowed.addAll(event ? List.of(LATENCY) : List.of(output, LATENCY));
      case E2, E2_UNSETTLED, E3_UNSETTLED -> {}
      case E3 -> allowed.addAll(event ? List.of() : List.of(output));
    }
    boolean ends =
        switch (spec.on()) {
          case E1, E3 -> true;
          case E2 -> event;
          case E2_UNSETTLED, E3_UNSETTLED -> event && circuit.unsettled() != null;
          case INPUT, IDLE, LATE -> false;
        };
    if (ends) {
      allowed.add(ENERGY);
      circuit.states().stream()
          .filter(s -> !isOutput(circuit, s))
          .forEach(s -> allowed.add(s.name()));
    }
    if (!allowed.contains(target)) {
      throw new CircuitException(
          "predictors: on "
              + spec.on()
              + ": target "
              + target
              + " (expected: one of "
              + allowed
              + ")");
    }
  }

  private static void checkComplete(Circuit circuit, List<PredictorPlan> plans) {
    Set<String> names = new HashSet<>();
    for (PredictorPlan plan : plans) {
      if (!names.add(plan.name())) {
        throw new CircuitException("predictors: " + plan.name() + " twice (expected: once)");
      }
    }
    require(names, Moment.E1, ENERGY);
    require(names, Moment.E1, LATENCY);
    require(names, Moment.E3, ENERGY);
    String output = circuit.output().name();
    require(names, circuit.hasEventOutput() ? Moment.INPUT : Moment.E1, output);
    if (circuit.hasEventOutput()) {
      require(names, Moment.E2, ENERGY);
    }
    if (circuit.hasEventOutput() && circuit.unsettled() != null) {
      require(names, Moment.E2_UNSETTLED, ENERGY);
      require(names, Moment.E3_UNSETTLED, ENERGY);
    }
  }

  private static void require(Set<String> names, Moment on, String target) {
    if (!names.contains(on + "_" + target)) {
      throw new CircuitException("predictors: none for " + on + ": " + target + " (expected: one)");
    }
  }
}
