package io.understudy.surrogate.circuit;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a plan says of inputs and parameters, against those that the circuit has.
 *
 * @param inputs the circuit's
 * @param parameters the circuit's
 */
record PlanCheck(List<InputPort> inputs, List<Parameter> parameters) {
  private static final String PLAN = "characterization.";
  private static final String REFINEMENT = PLAN + "refinement.";

  /**
   * Refuses draws of what is no input, or of values that an input does not have; a mode's defaults
   * of parameters that have none, or the largest value of those that have a range; and a focus on
   * what is no parameter with a range, or beyond one's range.
   */
  void check(Characterization plan) {
    modes(PLAN + "modes", plan.modes());
    Refinement refinement = plan.refinement();
    if (refinement == null) {
      return;
    }
    modes(REFINEMENT + "modes", refinement.modes());
    for (Refinement.Near near : refinement.near()) {
      if (near.inputs() != null) {
        draws(REFINEMENT + "near", near.inputs());
      }
    }
    if (refinement.focus() != null) {
      focus(REFINEMENT + "focus.parameters.", refinement.focus());
    }
  }

  private void modes(String key, List<Characterization.Mode> modes) {
    List<Parameter> defaulted = parameters.stream().filter(p -> p.defaultValue() != null).toList();
    List<Parameter> valued = parameters.stream().filter(p -> !p.values().isEmpty()).toList();
    for (Characterization.Mode mode : modes) {
      draws(key, mode.inputs());
      for (String name : mode.defaults().keySet()) {
        String of = key + ".defaults." + name;
        named(of, name, defaulted, Parameter::name, "unknown, or without a default");
      }
      for (String name : mode.largest().keySet()) {
        String of = key + ".largest." + name;
        named(of, name, valued, Parameter::name, "unknown, or without values");
      }
    }
  }

  private void draws(String key, Map<String, Characterization.Draw> draws) {
    draws.forEach(
        (name, draw) -> {
          String of = key + ".inputs." + name;
          InputPort input = named(of, name, inputs, InputPort::name, "unknown");
          if (draw.min() < input.min() || draw.max() > input.max()) {
            String span = Check.span(input.min(), input.max(), input.unit());
            throw Check.error(of, "[" + draw.min() + ", " + draw.max() + "]", span);
          }
        });
  }

  private void focus(String key, Refinement.Focus focus) {
    List<Parameter> ranged = parameters.stream().filter(p -> p.values().isEmpty()).toList();
    focus
        .parameters()
        .forEach(
            (name, range) -> {
              String unknown = "unknown, or without a range";
              Parameter of = named(key + name, name, ranged, Parameter::name, unknown);
              if (range.min() < of.min() || range.max() > of.max()) {
                String span = Check.span(of.min(), of.max(), of.unit());
                throw Check.error(key + name, "[" + range.min() + ", " + range.max() + "]", span);
              }
            });
  }

  private static <T> T named(
      String key, String name, List<T> all, Function<T, String> nameOf, String otherwise) {
    return all.stream()
        .filter(one -> nameOf.apply(one).equals(name))
        .findFirst()
        .orElseThrow(
            () -> Check.error(key, otherwise, "one of " + all.stream().map(nameOf).toList()));
  }
}
