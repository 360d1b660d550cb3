package io.understudy.characterizer.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.Circuits;
import io.understudy.characterizer.stimulus.InputSchedule;
import io.understudy.surrogate.circuit.CircuitException;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.event.Stimulus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeckWriterTest {
  @Test
  void writesHeldLevelsWithTheirRamps() {
    CircuitFolder rc = Circuits.rcStage();
    String text =
        deck(
            rc,
            List.of(1.25),
            4,
            new Stimulus.Row(0, List.of(0.5)),
            new Stimulus.Row(1, List.of(0.5)),
            new Stimulus.Row(3, List.of(0.123456)));
    assertEquals(
        """
        * rc_stage
        .param r_kohm=1.25
        .include "NETLIST"
        vin_dac in 0 PWL(0 0 1E-10 0.5 1.5E-8 0.5 1.51E-8 0.123456)
        .options reltol=1.0E-5 method=trap
        .save v(out) v(in) i(vin_dac)
        .tran 5.0E-11 2E-8 0 5.0E-11
        .end
        """,
        text.replace(rc.netlist().toAbsolutePath().normalize().toString(), "NETLIST"));
  }

  @Test
  void writesPulsesKnobsAndInitialConditions() {
    String text =
        deck(
            Circuits.shipped("lif_neuron"),
            List.of(0.5, 0.6, 0.57, 0.7),
            3,
            new Stimulus.Row(1, List.of(-1.5)),
            new Stimulus.Row(2, List.of(2.0)));
    assertTrue(text.contains("\nvparam_v_sf v_sf 0 DC 0.5\n"), text);
    assertTrue(text.contains("\nvsupply_vrail vrail 0 DC 1.5\n"), text);
    assertTrue(
        text.contains(
            "\niin_weight vrail spike_in PWL(0 0 5E-9 0 6.2E-9 -5.4E-4 7.4E-9 0 1E-8 0 1.12E-8"
                + " 7.2E-4\n+ 1.24E-8 0)\n"),
        text);
    assertTrue(text.contains("\n.ic v(spike_in)=0\n.ic v(v_ca)=0.08\n"), text);
  }

  @Test
  void writesTemperatureAndSupplyFromParameters(@TempDir Path directory) throws IOException {
    String text = deck(Circuits.example("amplifier_corners"), List.of(1.3, -40.0), 2);
    assertTrue(text.contains("\n.temp -40.0\n"), text);
    assertTrue(text.contains("\nvsupply_vdd vdd 0 DC 1.3\n"), text);
    CircuitFolder negative =
        Circuits.exampleWith(directory, "amplifier_corners", "volts: vdd_v", "volts: -vdd_v");
    text = deck(negative, List.of(1.3, -40.0), 2);
    assertTrue(text.contains("\nvsupply_vdd vdd 0 DC -1.3\n"), text);
  }

  @Test
  void holdsTheInitialValueWhereThereIsNoInput() {
    assertTrue(deck(Circuits.rcStage(), List.of(1.0), 2).contains("\nvin_dac in 0 DC 0\n"));
  }

  @Test
  void writesTheSameTextTwice() {
    CircuitFolder row = Circuits.shipped("crossbar_row_g30");
    List<Double> weights = java.util.Collections.nCopies(33, 1.0);
    Stimulus.Row first = new Stimulus.Row(0, java.util.Collections.nCopies(32, 0.1));
    assertEquals(deck(row, weights, 2, first), deck(row, weights, 2, first));
  }

  @Test
  void refusesARampThatIsLongerThanAPeriod(@TempDir Path directory) throws IOException {
    CircuitFolder rc = Circuits.rcStage();
    Files.writeString(
        directory.resolve("circuit.yaml"),
        Files.readString(rc.directory().resolve("circuit.yaml"))
            .replace("ramp_s: 0.1e-9", "ramp_s: 6.0e-9"));
    Files.copy(rc.netlist(), directory.resolve("netlist.sp"));
    CircuitFolder slow = CircuitReader.read(directory);
    CircuitException e = assertThrows(CircuitException.class, () -> deck(slow, List.of(1.0), 2));
    assertEquals(
        "rc_stage: inputs.dac.drive: lasts 6.0E-9 s (expected: at most a period, 5.0E-9 s)",
        e.getMessage());
  }

  private static String deck(
      CircuitFolder folder, List<Double> parameters, long periods, Stimulus.Row... rows) {
    InputSchedule schedule = InputSchedule.of(folder.circuit(), List.of(rows), periods);
    return DeckWriter.write(
            folder, parameters, schedule, folder.circuit().characterization().ngspice())
        .text();
  }
}
