package io.understudy.surrogate.feature;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitException;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.Parameter;
import io.understudy.surrogate.circuit.ThresholdFit;
import io.understudy.surrogate.feature.Expression.Binary;
import io.understudy.surrogate.feature.Expression.Constant;
import io.understudy.surrogate.feature.Expression.Name;
import io.understudy.surrogate.feature.Expression.Operator;
import io.understudy.surrogate.feature.FeatureGroup.Visible;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the names in a circuit's expressions mean. */
final class FeatureScope {
  /** Where a variable's values lie in a {@link FeatureContext}. */
  enum Place {
    INPUT("inputs"),
    PREVIOUS("previous"),
    STATE("states"),
    NEXT("next"),
    PARAMETER("parameters"),
    SCALAR(null);

    final String array;

    Place(String array) {
      this.array = array;
    }
  }

  /**
   * A variable.
   *
   * @param place the array it lies in
   * @param at offset in the array
   * @param width elements; 0 for a scalar
   * @param needs the scalar that must be visible, or null
   * @param field the context's field (scalars only)
   */
  record Variable(Place place, int at, int width, Visible needs, String field) {}

  /** What a state's name ends with when its value at the event's end is meant. */
  static final String NEXT = "_next";

  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Map<String, Expression> definitions = new LinkedHashMap<>();

  /** What is known of the named features so far. */
  final Map<String, ExpressionShape> shapes = new HashMap<>();

  FeatureScope(Circuit circuit, Map<String, double[]> fits) {
    int at = 0;
    for (InputPort input : circuit.inputs()) {
      int width = input.size() == null ? 0 : input.size();
      add(input.name(), Place.INPUT, at, width, Visible.INPUTS);
      if (circuit.hasHeldInputs()) {
        add(input.name() + "_prev", Place.PREVIOUS, at, width, Visible.INPUTS);
      }
      at += input.width();
    }
    at = 0;
    for (Parameter parameter : circuit.parameters()) {
      add(
          parameter.name(),
          Place.PARAMETER,
          at,
          parameter.size() == null ? 0 : parameter.size(),
          null);
      at += parameter.width();
    }
    for (int k = 0; k < circuit.states().size(); k++) {
      add(circuit.states().get(k).name(), Place.STATE, k, 0, null);
      add(circuit.states().get(k).name() + NEXT, Place.NEXT, k, 0, Visible.NEXT);
    }
    variables.put("periods", new Variable(Place.SCALAR, 0, 0, Visible.PERIODS, "periods"));
    variables.put("latency", new Variable(Place.SCALAR, 0, 0, Visible.LATENCY, "latency"));
    variables.put(
        circuit.output().name(), new Variable(Place.SCALAR, 0, 0, Visible.OUTPUT, "output"));
    circuit.fits().forEach((name, fit) -> defineFit(name, fit, fits.get(name)));
    circuit
        .features()
        .forEach(
            (name, text) ->
                definitions.put(name, ExpressionParser.parse("features." + name, text)));
    checkForCycles();
  }

  private void add(String name, Place place, int at, int width, Visible needs) {
    variables.put(name, new Variable(place, at, width, needs, null));
  }

  private void defineFit(String name, ThresholdFit fit, double[] coefficients) {
    if (coefficients == null) {
      return;
    }
    if (coefficients.length != fit.terms().size() + 1) {
      throw new CircuitException(
          "fits."
              + name
              + ": "
              + coefficients.length
              + " coefficients (expected: "
              + (fit.terms().size() + 1)
              + ")");
    }
    Expression sum = new Constant(coefficients[0]);
    for (int k = 0; k < fit.terms().size(); k++) {
      Expression term =
          ExpressionParser.parse("fits." + name + ".terms[" + k + "]", fit.terms().get(k));
      sum =
          new Binary(
              Operator.ADD,
              sum,
              new Binary(Operator.MULTIPLY, new Constant(coefficients[k + 1]), term));
    }
    definitions.put(name, sum);
  }

  private void checkForCycles() {
    Map<String, Boolean> done = new HashMap<>();
    definitions.keySet().forEach(name -> visit(name, done));
  }

  private void visit(String name, Map<String, Boolean> done) {
    Boolean state = done.get(name);
    if (Boolean.FALSE.equals(state)) {
      throw new CircuitException("features." + name + ": defined by itself (expected: no circle)");
    }
    if (state == null) {
      done.put(name, false);
      names(definitions.get(name))
          .filter(definitions::containsKey)
          .forEach(inner -> visit(inner, done));
      done.put(name, true);
    }
  }

  private static java.util.stream.Stream<String> names(Expression expression) {
    if (expression instanceof Name name) {
      return java.util.stream.Stream.of(name.name());
    }
    if (expression instanceof Expression.Negate negate) {
      return names(negate.of());
    }
    if (expression instanceof Binary binary) {
      return java.util.stream.Stream.concat(names(binary.left()), names(binary.right()));
    }
    if (expression instanceof Expression.Call call) {
      return call.arguments().stream().flatMap(FeatureScope::names);
    }
    return java.util.stream.Stream.of();
  }

  /** Adds the variables that an expression looks at, through all definitions. */
  void collectVariables(String where, Expression expression, Set<String> into) {
    Set<String> seen = new HashSet<>();
    collect(where, expression, into, seen);
  }

  private void collect(String where, Expression expression, Set<String> into, Set<String> seen) {
    names(expression)
        .filter(seen::add)
        .forEach(
            name -> {
              if (variables.containsKey(name)) {
                into.add(name);
              } else if (definitions.containsKey(name)) {
                collect("features." + name, definitions.get(name), into, seen);
              } else {
                throw unknown(where, name);
              }
            });
  }

  /** The variable of that name, or null. */
  Variable variable(String name) {
    return variables.get(name);
  }

  /** The definition of the feature or fit of that name, or null. */
  Expression definition(String name) {
    return definitions.get(name);
  }

  CircuitException unknown(String where, String name) {
    return new CircuitException(
        where
            + ": unknown name "
            + name
            + " (expected: one of "
            + variables.keySet()
            + " or "
            + definitions.keySet()
            + ")");
  }
}
