package io.understudy.server.session;

import io.understudy.server.frame.WirePort;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.Code;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.OutputPort;
import java.util.List;

/** A circuit's ports as OPENED describes them. */
final class WirePorts {
  private WirePorts() {}

  static List<WirePort> inputs(Circuit circuit) {
    return circuit.inputs().stream().map(WirePorts::input).toList();
  }

  static List<WirePort> outputs(Circuit circuit) {
    return circuit.outputs().stream().map(WirePorts::output).toList();
  }

  private static WirePort input(InputPort port) {
    return level(port.name(), port.width(), port.code(), port.min(), port.max());
  }

  private static WirePort output(OutputPort port) {
    if (port instanceof OutputPort.Level level) {
      return level(level.name(), 1, level.code(), level.min(), level.max());
    }
    // An event's code is 1 bit, the count of events.
    return new WirePort(port.name(), 1, 1, false, true, 1, 0, 0, 1);
  }

  private static WirePort level(String name, int elements, Code code, double min, double max) {
    return new WirePort(
        name, elements, code.bits(), code.signed(), false, code.lsb(), code.offset(), min, max);
  }
}
