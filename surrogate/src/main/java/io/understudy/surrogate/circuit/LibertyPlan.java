package io.understudy.surrogate.circuit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a Liberty file of the circuit shows.
 *
 * @param axes the two quantities of its tables: inputs, {@code NAME_prev} of held inputs,
 *     parameters, states, or elements of vectors ({@code w3}); empty for the usual ones
 * @param parameters values of parameters, or of elements of them, in place of their defaults
 */
public record LibertyPlan(List<String> axes, Map<String, Double> parameters) {
  /** Nothing but the usual. */
  static final LibertyPlan USUAL = new LibertyPlan(List.of(), Map.of());

  private static final int AXES = 2;

  public LibertyPlan {
    axes = Check.list(axes);
    parameters =
        parameters == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    if (!axes.isEmpty() && (axes.size() != AXES || axes.get(0).equals(axes.get(1)))) {
      throw Check.error("liberty.axes", axes, "two names");
    }
    parameters.forEach((name, value) -> Check.finite("liberty.parameters." + name, value));
  }

  /** Refuses names that the circuit does not have. */
  void check(Set<String> axisNames, Set<String> parameterNames) {
    for (String axis : axes) {
      if (!axisNames.contains(axis)) {
        throw Check.error("liberty.axes", axis, "one of " + axisNames);
      }
    }
    for (String name : parameters.keySet()) {
      if (!parameterNames.contains(name)) {
        throw Check.error("liberty.parameters", name, "one of " + parameterNames);
      }
    }
  }
}
