package io.understudy.surrogate.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CircuitReaderTest {
  private static final Path MODELS = Path.of("..", "models");

  @Test
  void readsTheShippedCircuits() {
    Circuit neuron = CircuitReader.read(MODELS.resolve("lif_neuron")).circuit();
    assertEquals(5_000_000, neuron.periodFs());
    assertEquals("v_mem", neuron.stateNames().get(0));
    assertTrue(neuron.hasEventOutput());
    Circuit row = CircuitReader.read(MODELS.resolve("crossbar_row_g30")).circuit();
    assertEquals(32, row.inputColumns().size());
    assertEquals("w32", row.parameterColumns().get(31));
    assertTrue(row.hasHeldInputs() && row.hasSharedInputs());
  }

  @Test
  void namesTheLineAndTheKeyOfAnUnknownKey() throws IOException {
    String yaml =
        Files.readString(MODELS.resolve("lif_neuron/circuit.yaml"))
            .replace("clock: {period_s", "clock: {perod: 1, period_s");
    CircuitException e =
        assertThrows(CircuitException.class, () -> CircuitReader.parse("c.yaml", yaml));
    assertTrue(e.getMessage().contains("clock.perod: unknown key"), e.getMessage());
    assertTrue(e.getMessage().startsWith("c.yaml:7"), e.getMessage());
  }

  @Test
  void refusesARangeThatIsTurnedRound() throws IOException {
    String yaml =
        Files.readString(MODELS.resolve("lif_neuron/circuit.yaml"))
            .replace("min: 0.4, max: 0.8", "min: 0.8, max: 0.4");
    CircuitException e =
        assertThrows(CircuitException.class, () -> CircuitReader.parse("c.yaml", yaml));
    assertTrue(
        e.getMessage().contains("parameters.v_lk: [0.8, 0.4] (expected: min < max)"),
        e.getMessage());
  }

  @Test
  void refusesALibertyPlanOfWhatTheCircuitDoesNotHave() throws IOException {
    String yaml = Files.readString(MODELS.resolve("lif_neuron/circuit.yaml"));
    assertEquals(
        java.util.List.of("weight", "v_ca"),
        CircuitReader.parse("c.yaml", yaml + "\nliberty: {axes: [weight, v_ca]}\n")
            .liberty()
            .axes());
    String[][] plans = {
      {"{axes: [weight, v_x]}", "liberty.axes: v_x (expected: one of [weight, v_sf, "},
      {"{axes: [weight]}", "liberty.axes: [weight] (expected: two names)"},
      {"{parameters: {w: 1}}", "liberty.parameters: w (expected: one of [v_sf, v_adap, "},
    };
    for (String[] plan : plans) {
      CircuitException e =
          assertThrows(
              CircuitException.class,
              () -> CircuitReader.parse("c.yaml", yaml + "\nliberty: " + plan[0] + "\n"));
      assertTrue(e.getMessage().contains(plan[1]), e.getMessage());
    }
  }

  @Test
  void refusesAnEnergySourceThatDoesNotExist() throws IOException {
    String yaml =
        Files.readString(MODELS.resolve("lif_neuron/circuit.yaml"))
            .replace("sources: [vdd]", "sources: [vcc]");
    CircuitException e =
        assertThrows(CircuitException.class, () -> CircuitReader.parse("c.yaml", yaml));
    assertTrue(e.getMessage().contains("energy.sources: vcc"), e.getMessage());
  }

  @Test
  void refusesAPublishedErrorThatNoReportHas() throws IOException {
    String yaml = Files.readString(MODELS.resolve("lif_neuron/circuit.yaml"));
    assertEquals(
        java.util.Map.of("latency_mape", 0.08, "energy_run_mean", 0.07),
        CircuitReader.parse("c.yaml", yaml).training().published());
    CircuitException e =
        assertThrows(
            CircuitException.class,
            () -> CircuitReader.parse("c.yaml", yaml.replace("latency_mape", "latency")));
    assertTrue(
        e.getMessage().contains("training.published: latency (expected: one of [energy_e1"),
        e.getMessage());
  }

  @Test
  void refusesARefinementThatDrawsWhatIsNoInput() throws IOException {
    String yaml =
        Files.readString(MODELS.resolve("lif_neuron/circuit.yaml"))
            .replace("share: 0.5, inputs: {weight:", "share: 0.5, inputs: {wait:");
    CircuitException e =
        assertThrows(CircuitException.class, () -> CircuitReader.parse("c.yaml", yaml));
    assertTrue(
        e.getMessage().contains("refinement.near.inputs.wait: unknown (expected: one of [weight])"),
        e.getMessage());
  }

  @Test
  void refusesAFocusOnWhatIsNoParameterOrBeyondItsRange() throws IOException {
    String yaml = Files.readString(MODELS.resolve("lif_neuron/circuit.yaml"));
    String focus = "parameters: {v_lk: {min: 0.4,";
    CircuitException e =
        assertThrows(
            CircuitException.class,
            () -> CircuitReader.parse("c.yaml", yaml.replace(focus, focus.replace("v_lk", "vl"))));
    assertTrue(
        e.getMessage().contains("refinement.focus.parameters.vl: unknown, or without a range"),
        e.getMessage());
    e =
        assertThrows(
            CircuitException.class,
            () -> CircuitReader.parse("c.yaml", yaml.replace(focus, focus.replace("0.4", "0.3"))));
    assertTrue(
        e.getMessage().contains("refinement.focus.parameters.v_lk: [0.3, 0.48] (expected: "),
        e.getMessage());
  }
}
