package io.understudy.surrogate.circuit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A circuit as data: what {@code circuit.yaml} says. Read by {@link CircuitReader}; all parts are
 * checked.
 *
 * <p>A circuit's values appear in tables under column names: a scalar port's or parameter's own
 * name, {@code name1..nameN} for a vector.
 *
 * @param format of the file, 1
 * @param name the circuit's name, also its folder's
 * @param netlist file name of the netlist, beside circuit.yaml
 * @param features named expressions in order; each may use those before it
 * @param fits features that training learns, by name
 * @param featureSets named lists of features and variables
 * @param unsettled which events start before the output before them has settled; null: none do
 * @param liberty what a Liberty file shows of it
 * @param tolerances bounds of a comparison with ngspice, by the names of {@link Quantity}
 */
public record Circuit(
    int format,
    @JsonProperty("circuit") String name,
    String title,
    String source,
    String netlist,
    Clock clock,
    List<Supply> supplies,
    List<Parameter> parameters,
    List<InputPort> inputs,
    List<OutputPort> outputs,
    List<StateNode> states,
    EnergyDefinition energy,
    Events events,
    Unsettled unsettled,
    Map<String, String> features,
    Map<String, ThresholdFit> fits,
    @JsonProperty("feature_sets") Map<String, List<String>> featureSets,
    List<PredictorSpec> predictors,
    TrainingPlan training,
    Characterization characterization,
    Macro macro,
    LibertyPlan liberty,
    Map<String, Double> tolerances) {

  /** The format of circuit.yaml that this version reads. */
  public static final int FORMAT = 1;

  /** What an input's name ends with when its value before the event is meant. */
  public static final String PREVIOUS = "_prev";

  public Circuit {
    if (format != FORMAT) {
      throw Check.error("format", format, String.valueOf(FORMAT));
    }
    Check.word("circuit", name);
    Check.text("netlist", netlist);
    title = title == null ? name : title;
    Check.present("clock", clock);
    supplies = Check.list(supplies);
    parameters = Check.list(parameters);
    inputs = Check.list(inputs);
    outputs = Check.list(outputs);
    states = Check.list(states);
    Check.present("energy", energy);
    Check.present("events", events);
    features = ordered(features);
    fits = ordered(fits);
    featureSets = ordered(featureSets);
    predictors = Check.list(predictors);
    Check.present("training", training);
    Check.present("characterization", characterization);
    Check.present("macro", macro);
    if (inputs.isEmpty() || outputs.size() != 1) {
      throw Check.error(
          "inputs and outputs",
          inputs.size() + " and " + outputs.size(),
          "at least one input and exactly one output");
    }
    boolean shared = inputs.get(0).shared();
    if (inputs.stream().anyMatch(input -> input.shared() != shared)) {
      throw Check.error("inputs", "some shared", "all or none of the inputs shared");
    }
    checkNames(supplies, parameters, inputs, outputs, states, features, fits, featureSets);
    checkSources(energy, supplies, inputs);
    ParameterUse.check(supplies, parameters);
    new PlanCheck(inputs, parameters).check(characterization);
    checkMacro(macro, inputs, outputs);
    checkUnsettled(unsettled, states, outputs.get(0));
    liberty = liberty == null ? LibertyPlan.USUAL : liberty;
    tolerances = ordered(tolerances);
    checkTolerances(tolerances);
    checkPlanRuns(predictors, training);
    Set<String> parameterNames = parameterNames(parameters);
    liberty.check(axisNames(inputs, states, events, parameterNames), parameterNames);
  }

  /** The states of a first surrogate are those of all training runs. */
  private static void checkPlanRuns(List<PredictorSpec> predictors, TrainingPlan training) {
    for (PredictorSpec predictor : predictors) {
      if (predictor.planRuns() && training.ownStates()) {
        throw Check.error(
            "predictors." + predictor.target() + ".plan_runs",
            "true",
            "false with training.own_states");
      }
    }
  }

  private static void checkTolerances(Map<String, Double> tolerances) {
    tolerances.forEach(
        (name, limit) -> {
          if (Quantity.of(name).isEmpty()) {
            throw Check.error("tolerances", name, "one of " + Quantity.keys());
          }
          if (limit == null || !(limit >= 0) || !Double.isFinite(limit)) {
            throw Check.error("tolerances." + name, limit, "a number from 0");
          }
        });
  }

  /** The bound of a quantity in a comparison with ngspice. */
  public double tolerance(Quantity quantity) {
    return tolerances.getOrDefault(quantity.key(), quantity.usualLimit());
  }

  /**
   * The clock.
   *
   * @param periodS the period in s; also the length of a period of a run
   */
  public record Clock(@JsonProperty("period_s") double periodS) {
    public Clock {
      Check.positive("clock.period_s", periodS);
      double fs = periodS * 1e15;
      if (fs > 1e15 || Math.abs(fs - Math.rint(fs)) > 1e-3) {
        throw Check.error("clock.period_s", periodS, "a whole number of femtoseconds, at most 1 s");
      }
    }
  }

  /** What makes an event. */
  public record Events(InputEvents input) {
    public Events {
      Check.present("events.input", input);
    }
  }

  private static void checkUnsettled(
      Unsettled unsettled, List<StateNode> states, OutputPort output) {
    if (unsettled != null && !(output instanceof OutputPort.Event)) {
      throw Check.error("unsettled", unsettled.state(), "none with a level output");
    }
    List<String> names = states.stream().map(StateNode::name).toList();
    if (unsettled != null && !names.contains(unsettled.state())) {
      throw Check.error("unsettled.state", unsettled.state(), "one of " + names);
    }
  }

  /** The clock period in femtoseconds. */
  public long periodFs() {
    return Math.round(clock.periodS() * 1e15);
  }

  /** The one output. */
  public OutputPort output() {
    return outputs.get(0);
  }

  /** True when the output is an event (a spike), false when it is a level. */
  public boolean hasEventOutput() {
    return output() instanceof OutputPort.Event;
  }

  /** True when inputs are held levels, of which only a change is an event. */
  public boolean hasHeldInputs() {
    return events.input() == InputEvents.HELD;
  }

  /** True when all instances of a bank see the same inputs. */
  public boolean hasSharedInputs() {
    return inputs.get(0).shared();
  }

  /** Column names of all input values, port by port. */
  public List<String> inputColumns() {
    return inputs.stream().flatMap(input -> input.columns().stream()).toList();
  }

  /** Column names of all parameter values. */
  public List<String> parameterColumns() {
    return parameters.stream().flatMap(parameter -> parameter.columns().stream()).toList();
  }

  /** Names of the states, in order. */
  public List<String> stateNames() {
    return states.stream().map(StateNode::name).toList();
  }

  /** What an axis of a table may be: {@link LibertyPlan}. */
  public Set<String> axisNames() {
    return axisNames(inputs, states, events, parameterNames(parameters));
  }

  private static Set<String> parameterNames(List<Parameter> parameters) {
    Set<String> names = new LinkedHashSet<>();
    for (Parameter parameter : parameters) {
      names.add(parameter.name());
      names.addAll(parameter.columns());
    }
    return names;
  }

  private static Set<String> axisNames(
      List<InputPort> inputs, List<StateNode> states, Events events, Set<String> parameters) {
    Set<String> names = new LinkedHashSet<>();
    for (InputPort input : inputs) {
      names.add(input.name());
      names.addAll(input.columns());
      if (events.input() == InputEvents.HELD) {
        names.add(input.name() + PREVIOUS);
      }
    }
    names.addAll(parameters);
    states.forEach(state -> names.add(state.name()));
    return names;
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  private static void checkNames(
      List<Supply> supplies,
      List<Parameter> parameters,
      List<InputPort> inputs,
      List<OutputPort> outputs,
      List<StateNode> states,
      Map<String, ?> features,
      Map<String, ?> fits,
      Map<String, ?> featureSets) {
    Set<String> seen =
        new HashSet<>(
            List.of("periods", "latency", "energy", "states", "instance", "step", "event"));
    parameters.forEach(p -> unique(seen, "parameters", p.name()));
    inputs.forEach(p -> unique(seen, "inputs", p.name()));
    outputs.forEach(p -> unique(seen, "outputs", p.name()));
    states.forEach(p -> unique(seen, "states", p.name()));
    states.forEach(p -> unique(seen, "states", p.name() + "_next"));
    features.keySet().forEach(p -> unique(seen, "features", p));
    fits.keySet().forEach(p -> unique(seen, "fits", p));
    featureSets.keySet().forEach(p -> unique(seen, "feature_sets", p));
    Set<String> sources = new HashSet<>();
    supplies.forEach(p -> unique(sources, "supplies", p.name()));
    inputs.forEach(p -> unique(sources, "inputs", p.name()));
  }

  private static void unique(Set<String> seen, String key, String name) {
    Check.word(key, name);
    if (!seen.add(name)) {
      throw Check.error(key + "." + name, "used twice", "a name that nothing else has");
    }
  }

  private static void checkSources(
      EnergyDefinition energy, List<Supply> supplies, List<InputPort> inputs) {
    Set<String> known = new HashSet<>();
    supplies.forEach(s -> known.add(s.name()));
    inputs.forEach(i -> known.add(i.name()));
    java.util.stream.Stream.of(
            energy.sources().stream(),
            energy.also().values().stream().flatMap(List::stream),
            energy.reference().stream())
        .flatMap(s -> s)
        .filter(source -> source.name() != null && !known.contains(source.name()))
        .findFirst()
        .ifPresent(
            source -> {
              throw Check.error(
                  "energy.sources",
                  source.name(),
                  "a supply, an input, or {element, node}: " + known);
            });
  }

  private static void checkMacro(Macro macro, List<InputPort> inputs, List<OutputPort> outputs) {
    Set<String> ins = Set.copyOf(inputs.stream().map(InputPort::name).toList());
    Set<String> outs = Set.copyOf(outputs.stream().map(OutputPort::name).toList());
    if (!macro.inputs().keySet().equals(ins)) {
      throw Check.error("macro.inputs", macro.inputs().keySet(), "a port for each of " + ins);
    }
    if (!macro.outputs().keySet().equals(outs)) {
      throw Check.error("macro.outputs", macro.outputs().keySet(), "a port for each of " + outs);
    }
  }
}
