package io.understudy.surrogate.circuit;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A constant voltage source from {@code node} to ground, of its own in every deck.
 *
 * @param name the source's name, as {@code energy.sources} refers to it
 * @param node the netlist node it drives
 * @param volts its voltage
 */
public record Supply(String name, String node, Volts volts) {
  public Supply {
    Check.word("supplies.name", name);
    Check.text("supplies.node", node);
    Check.present("supplies." + name + ".volts", volts);
  }

  /**
   * A voltage: a number, or a parameter's value, so that a supply can be a corner.
   *
   * @param constant in V, where no parameter is named
   * @param parameter names a scalar parameter in V, or null
   * @param negated true when the source holds minus the parameter's value
   */
  public record Volts(double constant, String parameter, boolean negated) {
    private static final Pattern REFERENCE = Pattern.compile("(-?)([A-Za-z_][A-Za-z0-9_]*)");

    /** A fixed voltage in V. */
    @JsonCreator
    public static Volts of(double volts) {
      Check.finite("supplies.volts", volts);
      return new Volts(volts, null, false);
    }

    /** A parameter's voltage: {@code NAME} or {@code -NAME}. */
    @JsonCreator
    public static Volts of(String reference) {
      Matcher matcher = REFERENCE.matcher(reference);
      if (!matcher.matches()) {
        throw Check.error(
            "supplies.volts", reference, "a number in V, or a parameter's name, or -NAME");
      }
      return new Volts(0, matcher.group(2), !matcher.group(1).isEmpty());
    }

    /** As circuit.yaml has it. The hashes of circuits hold this text. */
    @Override
    public String toString() {
      return parameter == null ? String.valueOf(constant) : (negated ? "-" : "") + parameter;
    }
  }
}
