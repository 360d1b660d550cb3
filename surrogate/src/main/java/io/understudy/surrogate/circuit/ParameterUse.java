package io.understudy.surrogate.circuit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks that each parameter reaches the deck, and that supplies name parameters that exist. */
final class ParameterUse {
  private ParameterUse() {}

  static void check(List<Supply> supplies, List<Parameter> parameters) {
    Map<String, Parameter> byName =
        parameters.stream().collect(Collectors.toMap(Parameter::name, Function.identity()));
    for (Supply supply : supplies) {
      String name = supply.volts().parameter();
      if (name == null) {
        continue;
      }
      Parameter parameter = byName.get(name);
      String key = "supplies." + supply.name() + ".volts";
      if (parameter == null) {
        throw Check.error(
            key,
            name,
            "a number in V, or one of " + parameters.stream().map(Parameter::name).toList());
      }
      if (parameter.size() != null || parameter.temperature()) {
        throw Check.error(key, name, "a scalar parameter that is a voltage");
      }
    }
    Set<String> supplied =
        supplies.stream()
            .map(supply -> supply.volts().parameter())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    long temperatures = parameters.stream().filter(Parameter::temperature).count();
    if (temperatures > 1) {
      throw Check.error("parameters", temperatures + " with temperature: true", "at most 1");
    }
    for (Parameter p : parameters) {
      if (p.node() == null && !p.netlist() && !p.temperature() && !supplied.contains(p.name())) {
        throw Check.error(
            "parameters." + p.name(),
            "not used",
            "a node, netlist: true, temperature: true, or a supply whose volts name it");
      }
    }
  }
}
