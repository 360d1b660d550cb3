package io.understudy.surrogate.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.circuit.CircuitException;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PredictorPlanTest {
  private static final Path NEURON = Path.of("../models/lif_neuron/circuit.yaml");

  @Test
  void eventsFromAnUnsettledStartHavePredictorsOfTheirOwn() throws IOException {
    long own =
        PredictorPlan.of(CircuitReader.parse("c.yaml", Files.readString(NEURON))).stream()
            .filter(plan -> plan.spec().on().isUnsettled())
            .count();
    assertEquals(12, own);
  }

  @Test
  void refusesAnUnsettledStartWithoutPredictors() {
    refuses(
        yaml -> yaml.replaceAll("(?m)^  - \\{on: E3_unsettled, target: energy.*$", ""),
        "predictors: none for E3_UNSETTLED: energy (expected: one)");
  }

  @Test
  void refusesPredictorsOfAnUnsettledStartThatTheCircuitDoesNotKnow() {
    refuses(
        yaml -> yaml.replaceAll("(?m)^unsettled: .*$", ""),
        "predictors: on E2_UNSETTLED: target v_mem (expected: one of [])");
  }

  @Test
  void refusesAnUnsettledStartByWhatIsNoState() {
    refuses(
        yaml -> yaml.replace("unsettled: {state: v_out,", "unsettled: {state: out,"),
        "unsettled.state: out (expected: one of [v_mem, v_ca, v_o1, v_o2, v_out])");
  }

  @Test
  void refusesAnUnsettledStartOfALevelOutput() throws IOException {
    String row = Files.readString(Path.of("../models/crossbar_row_g30/circuit.yaml"));
    CircuitException e =
        assertThrows(
            CircuitException.class,
            () ->
                CircuitReader.parse(
                    "c.yaml",
                    row.replace(
                        "events: {input: held}",
                        "events: {input: held}\nunsettled: {state: v_out, above: 0.1}")));
    assertTrue(
        e.getMessage().contains("unsettled: v_out (expected: none with a level output)"),
        e.getMessage());
  }

  @Test
  void refusesWhatIsNoEnergyOfAnIdleStretchPerPeriod() {
    refuses(
        yaml ->
            yaml.replace("{on: E1, target: energy,", "{on: E1, target: energy, per_period: true,"),
        "predictors.energy.per_period: true (expected: false but for an E3's energy)");
  }

  @Test
  void refusesAnEstimateOfWhatIsTransformed() {
    refuses(
        yaml -> yaml.replace("{on: E1, target: latency,", "{on: E1, target: latency, base: first,"),
        "predictors.latency.base: first (expected: none or linear with a transform or decision)");
  }

  private static void refuses(UnaryOperator<String> change, String message) {
    CircuitException e =
        assertThrows(
            CircuitException.class,
            () ->
                PredictorPlan.of(
                    CircuitReader.parse("c.yaml", change.apply(Files.readString(NEURON)))));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
