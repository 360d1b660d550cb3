package io.understudy.surrogate.circuit;

/**
 * One element of the state vector: a node's voltage at the start of an event.
 *
 * @param name the name in features and result files
 * @param node the netlist node
 * @param unit the unit, for people
 * @param min smallest plausible value; a predicted state is clamped to [min, max]
 * @param max largest plausible value
 * @param ic initial condition in V that the deck imposes ({@code .ic}), or null
 * @param initial expression over parameters for the value before the first period; defaults to
 *     {@code ic}
 */
public record StateNode(
    String name, String node, String unit, double min, double max, Double ic, String initial) {
  public StateNode {
    Check.word("states.name", name);
    Check.text("states." + name + ".node", node);
    Check.range("states." + name, min, max);
    if (initial == null && ic != null) {
      initial = ic.toString();
    }
    Check.text("states." + name + ".initial", initial);
  }
}
