package io.understudy.characterizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.understudy.characterizer.dataset.AccuracyReport;
import io.understudy.surrogate.circuit.CircuitFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ngspice measured by itself. */
class AccuracyCheckTest {
  private static final CircuitFolder AMPLIFIER = Circuits.example("amplifier_corners");

  @TempDir private Path directory;

  private CharacterizationResult characterize(CircuitFolder folder, String out, int checks) {
    return Characterizer.run(
        folder,
        new CharacterizeOptions(5, 3, 2, directory.resolve(out), false, checks, null),
        ProgressListener.NONE);
  }

  @Test
  void writesErrorsAsAClosedLoopHasThem() throws IOException {
    CharacterizationResult result = characterize(AMPLIFIER, "data", 3);
    assertEquals(8, result.simulated());
    JsonNode json = new ObjectMapper().readTree(directory.resolve("data/accuracy.json").toFile());
    assertEquals(3, json.get("runs").asInt());
    assertEquals(1e-6, json.get("reference").get("reltol").asDouble());
    assertEquals(0.02e-9, json.get("reference").get("max_step_s").asDouble());
    JsonNode errors = json.get("errors");
    assertEquals(3, errors.get("runs").asInt());
    for (String name : List.of("latency_mape", "energy_run_mean", "energy_total", "output_rmse")) {
      double error = errors.get(name).asDouble(Double.NaN);
      assertTrue(error >= 0 && error < 0.05, name + ": " + error);
    }
    assertTrue(errors.get("energy_mape").get("E1").asDouble() > 0, errors.toString());
    assertTrue(errors.get("state_rmse_v").get("v_out").asDouble() >= 0, errors.toString());
    assertFalse(errors.has("spike_f1"));
  }

  @Test
  void seesThatLooserTolerancesAreWorse() throws IOException {
    AccuracyReport fine = characterize(rcStage("fine", "1.0e-5", "0.02e-9"), "a", 3).accuracy();
    AccuracyReport coarse = characterize(rcStage("coarse", "1.0e-2", "2.0e-9"), "b", 3).accuracy();
    assertTrue(coarse.errors().outputRmse() > 3 * fine.errors().outputRmse(), fine + " " + coarse);
    assertTrue(
        coarse.errors().energyRunMean() > 3 * fine.errors().energyRunMean(), fine + " " + coarse);
  }

  private CircuitFolder rcStage(String name, String reltol, String maxStep) throws IOException {
    return Circuits.exampleWith(
        directory.resolve(name),
        "rc_stage",
        "ngspice: {reltol: 1.0e-5, max_step_s: 0.05e-9, method: trap}",
        "ngspice: {reltol: "
            + reltol
            + ", max_step_s: "
            + maxStep
            + "}\n"
            + "  check: {runs: 3, reltol: 1.0e-6, max_step_s: 0.01e-9}");
  }

  @Test
  void goesOnWhereItWasAndGivesTheSameBytes() throws IOException {
    characterize(AMPLIFIER, "whole", 3);
    Path data = directory.resolve("resumed");
    assertThrows(
        CharacterizationException.class,
        () ->
            Characterizer.run(
                AMPLIFIER,
                new CharacterizeOptions(5, 3, 1, data, false, 3, null),
                (done, total) -> {
                  assertEquals(8, total);
                  if (done == 7) {
                    throw new CharacterizationException("stopped in the check");
                  }
                }));
    assertFalse(Files.exists(data.resolve("accuracy.json")));
    assertEquals(1, characterize(AMPLIFIER, "resumed", 3).simulated());
    assertEquals(0, characterize(AMPLIFIER, "resumed", 3).simulated());
    for (String file : List.of("accuracy.json", "events.csv.gz", "schema.json")) {
      assertArrayEquals(
          Files.readAllBytes(directory.resolve("whole").resolve(file)),
          Files.readAllBytes(data.resolve(file)),
          file);
    }
  }

  @Test
  void leavesItOutWhenNotAsked() throws IOException {
    characterize(AMPLIFIER, "data", 2);
    assertNull(characterize(AMPLIFIER, "data", 0).accuracy());
    assertFalse(Files.exists(directory.resolve("data/accuracy.json")));
  }

  @Test
  void asksForTolerancesThatThePlanLacks() {
    CharacterizationException e =
        assertThrows(
            CharacterizationException.class, () -> characterize(Circuits.rcStage(), "data", 2));
    assertEquals(
        "rc_stage: characterization.check: missing (expected: its reltol and max_step_s, to check"
            + " 2 runs)",
        e.getMessage());
  }
}
