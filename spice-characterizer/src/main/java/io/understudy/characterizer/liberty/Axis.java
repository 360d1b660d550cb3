package io.understudy.characterizer.liberty;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.Parameter;
import io.understudy.surrogate.circuit.StateNode;
import io.understudy.surrogate.provenance.SurrogateManifest;
import io.understudy.surrogate.provenance.SurrogateManifest.TrainedPredictor;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the two quantities that the tables are over; a vector's elements are all equal.
 *
 * @param name its name
 * @param place what it is
 * @param at index of its first value among those of its place
 * @param width number of values
 * @param unit for people; "1" for a pure number
 * @param values ascending, of 6 digits
 */
record Axis(String name, Place place, int at, int width, String unit, List<Double> values) {
  Axis {
    values = List.copyOf(values);
  }

  /** What a quantity is. */
  enum Place {
    INPUT,
    /** The level that an input held before. */
    PREVIOUS,
    PARAMETER,
    STATE
  }

  /** The two quantities where nothing is said of them. */
  static List<String> usual(Circuit circuit) {
    String input = circuit.inputs().get(0).name();
    return List.of(
        input, circuit.hasHeldInputs() ? input + Circuit.PREVIOUS : circuit.states().get(0).name());
  }

  /**
   * An axis.
   *
   * @param manifest tells the range of a state
   * @throws LibertyException when the circuit has no such quantity
   */
  static Axis of(Circuit circuit, SurrogateManifest manifest, String name, int points) {
    int at = 0;
    for (InputPort input : circuit.inputs()) {
      List<Double> values = spread(input.min(), input.max(), points);
      if (name.equals(input.name())) {
        return new Axis(name, Place.INPUT, at, input.width(), unit(input.unit()), values);
      }
      if (circuit.hasHeldInputs() && name.equals(input.name() + Circuit.PREVIOUS)) {
        return new Axis(name, Place.PREVIOUS, at, input.width(), unit(input.unit()), values);
      }
      int element = input.columns().indexOf(name);
      if (element >= 0) {
        return new Axis(name, Place.INPUT, at + element, 1, unit(input.unit()), values);
      }
      at += input.width();
    }
    at = 0;
    for (Parameter parameter : circuit.parameters()) {
      int element = parameter.columns().indexOf(name);
      if (name.equals(parameter.name()) || element >= 0) {
        boolean whole = name.equals(parameter.name());
        List<Double> values =
            parameter.values().isEmpty()
                ? spread(parameter.min(), parameter.max(), points)
                : parameter.values().stream().sorted().toList();
        return new Axis(
            name,
            Place.PARAMETER,
            at + (whole ? 0 : element),
            whole ? parameter.width() : 1,
            unit(parameter.unit()),
            values);
      }
      at += parameter.width();
    }
    int state = circuit.stateNames().indexOf(name);
    if (state < 0) {
      throw new LibertyException(
          "axis: " + name + " (expected: one of " + circuit.axisNames() + ")");
    }
    StateNode node = circuit.states().get(state);
    double[] range = range(manifest, node);
    return new Axis(
        name, Place.STATE, state, 1, unit(node.unit()), spread(range[0], range[1], points));
  }

  /** Where training has been: as the package says, or its predictors that look at the state. */
  private static double[] range(SurrogateManifest manifest, StateNode state) {
    if (manifest.trainedRanges() != null) {
      return manifest.trainedRanges().get(state.name());
    }
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (TrainedPredictor predictor : manifest.predictors()) {
      int at = predictor.features().indexOf(state.name());
      if (at >= 0 && predictor.featureMin().length == predictor.features().size()) {
        min = Math.min(min, predictor.featureMin()[at]);
        max = Math.max(max, predictor.featureMax()[at]);
      }
    }
    return min < max ? new double[] {min, max} : new double[] {state.min(), state.max()};
  }

  private static List<Double> spread(double min, double max, int points) {
    List<Double> values = new ArrayList<>();
    for (int k = 0; k < points; k++) {
      values.add(LibertyText.rounded(min + (max - min) * k / (points - 1)));
    }
    return values;
  }

  private static String unit(String unit) {
    return unit == null ? "1" : unit;
  }

  /** For people: {@code weight in V}. */
  String label() {
    return name + (unit.equals("1") ? "" : " in " + unit);
  }
}
