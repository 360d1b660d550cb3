package io.understudy.surrogate.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTableWriterTest {
  @Test
  void ordersByInstanceThenStepAndLeavesAMissingLatencyEmpty() throws IOException {
    EventTableWriter table =
        new EventTableWriter(
            CircuitReader.read(Path.of("..", "models", "lif_neuron")).circuit(), List.of(4, 2));
    double[] states = {0.1, 0.2, 0.3, 0.4, 0.5};
    table.event(0, 1, EventKind.E1, 1, 1, 2.5e-13, 1e-9, states);
    states[0] = -1;
    table.event(0, 0, EventKind.E3, 1, 0, 1e-15, Double.NaN, states);
    table.event(1, 5, EventKind.E3, 7, 2, 1e-13, 2e-9, states);
    StringWriter text = new StringWriter();
    table.writeTo(text);
    assertEquals(
        """
        instance,step,event,periods,spike,energy_j,latency_s,v_mem,v_ca,v_o1,v_o2,v_out
        2,5,E3,7,2,1.0E-13,2.0E-9,-1.0,0.2,0.3,0.4,0.5
        4,0,E3,1,0,1.0E-15,,-1.0,0.2,0.3,0.4,0.5
        4,1,E1,1,1,2.5E-13,1.0E-9,0.1,0.2,0.3,0.4,0.5
        """,
        text.toString());
  }

  @Test
  void writesALevelInVolts() throws IOException {
    EventTableWriter table =
        new EventTableWriter(
            CircuitReader.read(Path.of("..", "models", "crossbar_row_g30")).circuit(), List.of(0));
    table.event(0, 0, EventKind.E1, 1, -0.25, 1e-13, 4e-10, new double[] {-0.25});
    StringWriter text = new StringWriter();
    table.writeTo(text);
    assertEquals(
        "instance,step,event,periods,out,energy_j,latency_s,v_out\n"
            + "0,0,E1,1,-0.25,1.0E-13,4.0E-10,-0.25\n",
        text.toString());
  }
}
