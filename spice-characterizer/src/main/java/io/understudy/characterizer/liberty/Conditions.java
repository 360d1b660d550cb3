package io.understudy.characterizer.liberty;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What an event meets. Not changed once made.
 *
 * @param inputs of the event
 * @param previous held before it
 * @param parameters of the instance
 * @param state index of the state that is set; below 0 for none
 * @param stateValue its value in V
 */
record Conditions(
    double[] inputs, double[] previous, double[] parameters, int state, double stateValue) {
  /**
   * All at rest: inputs at their initial levels, parameters as given, else at their defaults,
   * states as they begin.
   *
   * @throws LibertyException naming a parameter that is unknown, out of range or has no value
   */
  static Conditions atRest(Circuit circuit, Map<String, Double> given) {
    double[] inputs =
        circuit.inputs().stream()
            .flatMapToDouble(input -> fill(input.width(), input.initial()))
            .toArray();
    List<Double> parameters = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (Parameter parameter : circuit.parameters()) {
      known.add(parameter.name());
      known.addAll(parameter.columns());
      for (String column : parameter.columns()) {
        Double whole = given.getOrDefault(parameter.name(), parameter.defaultValue());
        Double value = given.getOrDefault(column, whole);
        if (value == null || !parameter.accepts(value)) {
          throw new LibertyException(
              "parameter "
                  + column
                  + ": "
                  + (value == null ? "no default" : value)
                  + " (expected: "
                  + parameter.expected()
                  + ")");
        }
        parameters.add(value);
      }
    }
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        throw new LibertyException(
            "parameter " + name + ": unknown (expected: one of " + known + ")");
      }
    }
    return new Conditions(
        inputs,
        inputs,
        parameters.stream().mapToDouble(Double::doubleValue).toArray(),
        -1,
        Double.NaN);
  }

  private static java.util.stream.DoubleStream fill(int width, double value) {
    return java.util.stream.DoubleStream.generate(() -> value).limit(width);
  }

  /** The same but for one quantity. */
  Conditions with(Axis axis, double value) {
    return switch (axis.place()) {
      case INPUT ->
          new Conditions(set(inputs, axis, value), previous, parameters, state, stateValue);
      case PREVIOUS ->
          new Conditions(inputs, set(previous, axis, value), parameters, state, stateValue);
      case PARAMETER ->
          new Conditions(inputs, previous, set(parameters, axis, value), state, stateValue);
      case STATE -> {
        if (state >= 0) {
          throw new LibertyException("axis: " + axis.name() + " (expected: one state at most)");
        }
        yield new Conditions(inputs, previous, parameters, axis.at(), value);
      }
    };
  }

  private static double[] set(double[] values, Axis axis, double value) {
    double[] changed = values.clone();
    Arrays.fill(changed, axis.at(), axis.at() + axis.width(), value);
    return changed;
  }

  /** Value of a scalar parameter. */
  double parameter(Circuit circuit, String name) {
    return parameters[circuit.parameterColumns().indexOf(name)];
  }

  /** For people: {@code v_sf=0.5, w1..w32=0}. */
  String parameterText(Circuit circuit) {
    List<String> texts = new ArrayList<>();
    int at = 0;
    for (Parameter parameter : circuit.parameters()) {
      double[] values = Arrays.copyOfRange(parameters, at, at + parameter.width());
      boolean equal = Arrays.stream(values).allMatch(value -> value == values[0]);
      for (int k = 0; k < (equal ? 1 : values.length); k++) {
        String name = equal ? parameter.name() : parameter.columns().get(k);
        texts.add(name + "=" + LibertyText.number(values[k]));
      }
      at += parameter.width();
    }
    return texts.isEmpty() ? "none" : String.join(", ", texts);
  }

  /** The inputs' initial levels, for people. */
  static String inputText(Circuit circuit) {
    List<String> texts = new ArrayList<>();
    for (InputPort input : circuit.inputs()) {
      texts.add(input.name() + "=" + LibertyText.number(input.initial()));
    }
    return String.join(", ", texts);
  }
}
