package io.understudy.characterizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.event.EventTableWriter;
import io.understudy.surrogate.event.Stimulus;
import io.understudy.surrogate.event.StimulusReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldenReplayTest {
  private static final CircuitFolder NEURON = Circuits.shipped("lif_neuron");

  @Test
  void replaysAStimulusFileIntoATableOfEvents() throws IOException {
    Stimulus stimulus =
        StimulusReader.parse(
            "s.csv",
            new StringReader(
                """
                instance,step,weight,v_sf,v_adap,v_lk,v_rtr
                7,1,0.3,0.5,0.5,0.57,0.5
                3,1,1.9,0.5,0.5,0.57,0.5
                3,3,1.9,0.5,0.5,0.57,0.5
                """),
            NEURON.circuit());
    EventTableWriter table = new EventTableWriter(NEURON.circuit(), List.of(3, 7));
    GoldenReplay.run(NEURON, stimulus, 5, null, 2, table, ProgressListener.NONE);
    StringWriter text = new StringWriter();
    table.writeTo(text);
    List<String> lines = text.toString().lines().toList();
    assertEquals(
        "instance,step,event,periods,spike,energy_j,latency_s,v_mem,v_ca,v_o1,v_o2,v_out",
        lines.get(0));
    assertEquals(
        List.of(
            "3,0,E3,1,0",
            "3,1,E1,1,1",
            "3,2,E3,1,0",
            "3,3,E1,1,1",
            "3,4,E3,1,0",
            "7,0,E3,1,0",
            "7,1,E2,1,0",
            "7,2,E3,3,0"),
        lines.stream().skip(1).map(GoldenReplayTest::firstFive).toList());
    String[] spike = lines.get(2).split(",");
    double energyJ = Double.parseDouble(spike[5]);
    double latencyS = Double.parseDouble(spike[6]);
    assertTrue(energyJ > 1e-13 && energyJ < 1e-12, "energy " + energyJ);
    assertTrue(latencyS > 0.5e-9 && latencyS < 2.4e-9, "latency " + latencyS);
    assertEquals("", lines.get(1).split(",")[6]);
  }

  @Test
  void refusesARunWithoutLength() {
    CharacterizationException e =
        assertThrows(
            CharacterizationException.class,
            () ->
                GoldenReplay.run(
                    NEURON,
                    new Stimulus(List.of()),
                    0,
                    null,
                    1,
                    (i, s, k, p, o, j, l, v) -> {},
                    ProgressListener.NONE));
    assertEquals("steps: 0 (expected: at least 1)", e.getMessage());
  }

  private static String firstFive(String line) {
    return String.join(",", List.of(line.split(",")).subList(0, 5));
  }
}
