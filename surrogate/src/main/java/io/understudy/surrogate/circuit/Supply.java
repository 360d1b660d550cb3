package io.understudy.surrogate.circuit;

/**
 * A constant voltage source from {@code node} to ground, of its own in every deck.
 *
 * @param name the source's name, as {@code energy.sources} refers to it
 * @param node the netlist node it drives
 * @param volts its voltage in V
 */
public record Supply(String name, String node, double volts) {
  public Supply {
    Check.word("supplies.name", name);
    Check.text("supplies.node", node);
    Check.finite("supplies.volts", volts);
  }
}
