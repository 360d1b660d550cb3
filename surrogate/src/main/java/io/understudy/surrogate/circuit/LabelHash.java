package io.understudy.surrogate.circuit;

import java.io.IOException;
import java.util.List;

/**
 * The identity of what a dataset's labels depend on: the netlist with the files it includes, and
 * how the circuit is driven and observed. Features, predictors, codes and the plan of a
 * characterization are not part of it, so that they can be worked on without a new
 * characterization.
 */
public final class LabelHash {
  private LabelHash() {}

  /**
   * The hash in hexadecimal.
   *
   * @throws CircuitException when a file of the netlist cannot be read
   */
  public static String of(CircuitFolder folder) {
    Circuit c = folder.circuit();
    try {
      return CircuitHash.of(CircuitHash.netlistTexts(folder.directory(), c), description(c));
    } catch (IOException e) {
      throw new CircuitException(folder.netlist() + ": " + e.getMessage(), e);
    }
  }

  /** What the labels depend on, in a fixed form. */
  static String description(Circuit c) {
    return List.of(
            c.clock(),
            c.events(),
            c.energy(),
            c.supplies(),
            c.parameters().stream().map(LabelHash::parameter).toList(),
            c.inputs().stream().map(LabelHash::input).toList(),
            c.outputs().stream().map(LabelHash::output).toList(),
            c.states().stream().map(LabelHash::state).toList())
        .toString();
  }

  private static List<String> parameter(Parameter p) {
    // Only where it is the temperature, so that all other circuits keep their hashes.
    return p.temperature()
        ? List.of(p.name(), p.width() + "", "temperature")
        : List.of(p.name(), p.width() + "", p.node() + "");
  }

  private static List<String> input(InputPort p) {
    return List.of(p.name(), p.width() + "", p.initial() + "", p.drive() + "");
  }

  private static List<String> output(OutputPort output) {
    if (output instanceof OutputPort.Event event) {
      return List.of(event.toString());
    }
    OutputPort.Level level = (OutputPort.Level) output;
    return List.of(level.name(), level.node(), level.latency().toString());
  }

  private static List<String> state(StateNode s) {
    return List.of(s.name(), s.node(), s.ic() + "");
  }
}
