package io.understudy.characterizer.deck;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.Drive;
import io.understudy.surrogate.circuit.EnergyDefinition;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.Supply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The names under which a deck's sources and nodes appear in ngspice's results. Sources are called
 * after what they stand for, so that they cannot meet an element of the netlist.
 */
public final class Probe {
  private Probe() {}

  /**
   * What a source delivers: (v(plus) - v(minus)) x current, in W.
   *
   * @param plus vector of the voltage at the node the delivered current enters; empty for ground
   * @param minus vector of the voltage at the node it comes from; empty for ground
   * @param current vector of the current
   * @param sign +1, or -1 where ngspice counts the current the other way
   */
  public record Power(Optional<String> plus, Optional<String> minus, String current, int sign) {}

  static String supply(Supply supply) {
    return "vsupply_" + lower(supply.name());
  }

  static String parameter(String column) {
    return "vparam_" + lower(column);
  }

  static String input(InputPort input, String column) {
    return (sourceOf(input.drive()) == Drive.Source.VOLTAGE ? "vin_" : "iin_") + lower(column);
  }

  /** The vector of a node's voltage; empty for ground. */
  public static Optional<String> voltage(String node) {
    String name = lower(node);
    return name.equals("0") || name.equals("gnd")
        ? Optional.empty()
        : Optional.of("v(" + name + ")");
  }

  /** The powers that make up an energy, one for each single source. */
  public static List<Power> powers(Circuit circuit, List<EnergyDefinition.Source> sources) {
    List<Power> powers = new ArrayList<>();
    for (EnergyDefinition.Source source : sources) {
      if (source.name() == null) {
        powers.add(branch(source.element(), source.node()));
        continue;
      }
      circuit.supplies().stream()
          .filter(supply -> supply.name().equals(source.name()))
          .forEach(supply -> powers.add(branch(supply(supply), supply.node())));
      circuit.inputs().stream()
          .filter(input -> input.name().equals(source.name()))
          .forEach(input -> powers.addAll(ofInput(input)));
    }
    return powers;
  }

  private static List<Power> ofInput(InputPort input) {
    List<Power> powers = new ArrayList<>();
    for (int k = 0; k < input.width(); k++) {
      String source = input(input, input.columns().get(k));
      String to = target(input, k);
      powers.add(
          sourceOf(input.drive()) == Drive.Source.VOLTAGE
              ? new Power(voltage(to), voltage(origin(input)), "i(" + source + ")", -1)
              : new Power(voltage(to), voltage(origin(input)), "i(@" + source + "[current])", 1));
    }
    return powers;
  }

  /** A voltage or controlled source against ground: ngspice counts what flows into its plus. */
  private static Power branch(String element, String node) {
    return new Power(voltage(node), Optional.empty(), "i(" + lower(element) + ")", -1);
  }

  /** What {@code .save} calls a result's vector. */
  static String saved(String vector) {
    return vector.startsWith("i(@") ? vector.substring(2, vector.length() - 1) : vector;
  }

  static Drive.Source sourceOf(Drive drive) {
    return drive instanceof Drive.Pulse pulse ? pulse.source() : ((Drive.Level) drive).source();
  }

  /** The node that element k of an input drives. */
  static String target(InputPort input, int k) {
    String node =
        input.drive() instanceof Drive.Pulse pulse
            ? pulse.to()
            : ((Drive.Level) input.drive()).node();
    return input.size() == null ? node : node + (k + 1);
  }

  /** The node that an input's current comes from. */
  static String origin(InputPort input) {
    return input.drive() instanceof Drive.Pulse pulse && pulse.from() != null ? pulse.from() : "0";
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
