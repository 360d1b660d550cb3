package io.understudy.surrogate.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.circuit.Characterization.Accuracy;
import io.understudy.surrogate.circuit.Characterization.Range;
import io.understudy.surrogate.circuit.Characterization.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan of the runs. */
class CharacterizationTest {
  private static final Path NEURON = Path.of("..", "models", "lif_neuron", "circuit.yaml");

  private static Circuit parse(String from, String to) throws IOException {
    String yaml = Files.readString(NEURON);
    assertTrue(yaml.contains(from), from);
    return CircuitReader.parse("c.yaml", yaml.replace(from, to));
  }

  @Test
  void drawsUniformlyWhereNothingElseIsSaid() throws IOException {
    assertEquals(Sampling.UNIFORM, parse("seed: 1\n", "seed: 1\n").characterization().sampling());
    assertEquals(
        Sampling.SOBOL,
        parse("  periods: 100", "  sampling: sobol\n  periods: 100").characterization().sampling());
  }

  @Test
  void tightensAllButTheMethod() throws IOException {
    Characterization plan = parse("method: trap", "method: gear").characterization();
    assertEquals(new Accuracy(1e-6, 0.05e-9, "gear"), plan.check().tightened(plan.ngspice()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'min: 0.4, max: 0.8, default: 0.57, '| 'default: 0.57, '               | parameters.v_lk: no range (expected: min and max, or values)",
        "'min: 0.4, max: 0.8'                 | 'min: 0.4'                      | parameters.v_lk.max: null (expected: a finite number)",
        "'min: 0.4, max: 0.8'                 | 'min: 0.6, max: 0.6'            | 'parameters.v_lk: [0.6, 0.6] (expected: min < max, or values: [0.6] for a constant)'",
        "'default: 0.57'                      | 'default: 0.9'                  | parameters.v_lk.default: 0.9 (expected: 0.4 to 0.8 V)",
        "'min: 0.4, max: 0.8'                 | 'values: [0.6, 0.6]'            | 'parameters.v_lk.values: [0.6, 0.6] (expected: each value once)'",
        "'share: 0.70, inputs: {weight: {min: -2, max: 2}}' | 'share: 0.70, inputs: {wait: {min: -2, max: 2}}'   | 'characterization.modes.inputs.wait: unknown (expected: one of [weight])'",
        "'share: 0.70, inputs: {weight: {min: -2, max: 2}}' | 'share: 0.70, inputs: {weight: {min: -3, max: 2}}' | 'characterization.modes.inputs.weight: [-3.0, 2.0] (expected: -2.0 to 2.0)'",
        "'share: 0.70, inputs: {weight: {min: -2, max: 2}}' | 'share: 0.70, inputs: {weight: {}}'                | characterization.modes.inputs",
        "'share: 0.70, inputs: {weight: {min: -2, max: 2}}' | 'share: 0.70, inputs: {weight: {min: -2, max: 2, levels: 3, upper: 0.7}}' | 'characterization.modes.inputs.levels: 3 (expected: 2, as there is upper)'",
        "'share: 0.70, inputs: {weight: {min: -2, max: 2}}' | 'share: 0.70, inputs: {weight: {min: -2, max: 2, levels: 2, upper: 7}}' | 'characterization.modes.inputs.upper: 7.0 (expected: 0 to 1)'",
        "'share: 0.70, inputs'                | 'share: 0.70, defaults: {v_lk: 1.5}, inputs' | 'characterization.modes.defaults.v_lk: 1.5 (expected: 0 to 1)'",
        "'share: 0.70, inputs'                | 'share: 0.70, defaults: {v_x: 0.5}, inputs'  | 'characterization.modes.defaults.v_x: unknown, or without a default (expected: one of [v_sf, v_adap, v_lk, v_rtr])'",
        "'    runs: 2000\n    seed: 3'           | '    runs: 9\n    seed: 3\n    modes: [{share: 0.5}]'                           | 'characterization.refinement.modes: shares that add up to 0.5 (expected: 1)'",
        "'    runs: 2000\n    seed: 3'           | '    runs: 9\n    seed: 3\n    modes: [{share: 1, defaults: {v_x: 0.5}}]'       | 'characterization.refinement.modes.defaults.v_x: unknown'",
        "'    runs: 2000\n    seed: 3'           | '    runs: 9\n    seed: 3\n    modes: [{share: 1, inputs: {w: {min: 0, max: 1}}}]' | 'characterization.refinement.modes.inputs.w: unknown (expected: one of [weight])'",
        "'share: 0.70, inputs'                | 'share: 0.70, largest: {v_lk: 0.5}, inputs'  | 'characterization.modes.largest.v_lk: unknown, or without values (expected: one of [])'",
        "'share: 0.70, inputs'                | 'share: 0.70, largest: {v_lk: -1}, inputs'   | 'characterization.modes.largest.v_lk: -1.0 (expected: 0 to 1)'",
        "'    runs: 2000\n    seed: 3'           | '    runs: 9\n    seed: 3\n    periods: 0'    | 'characterization.refinement.periods: 0 (expected: >= 1)'",
        "'activity: {min: 0.4, max: 1.0}'     | 'first_period_idle: true'       | first_period_idle",
        "'activity: {min: 0.4, max: 1.0}'     | ''                              | 'characterization.activity: missing (expected: a value)'",
        "'  periods: 100'                     | '  periods: 100\n  sampling: grid' | 'characterization.sampling'",
        "'reltol: 1.0e-6'                     | 'reltol: 1.0e-4'                | 'characterization.check: reltol 1.0E-4, max_step_s 5.0E-11 (expected: tighter than ngspice''s 1.0E-5 and 1.0E-10)'",
        "'check: {runs: 12'                   | 'check: {runs: 0'               | 'characterization.check.runs: 0 (expected: >= 1)'",
      })
  void namesWhatIsWrongInAPlan(String from, String to, String message) throws IOException {
    CircuitException e = assertThrows(CircuitException.class, () -> parse(from, to));
    assertTrue(e.getMessage().startsWith("c.yaml:"), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void hashesWhatRunsAreDrawnFrom() throws IOException {
    String original = PlanHash.of(parse("seed: 1\n", "seed: 1\n"));
    assertNotEquals(original, PlanHash.of(parse("min: 0.4, max: 0.8", "min: 0.4, max: 0.7")));
    assertNotEquals(
        original,
        PlanHash.of(
            parse(
                "share: 0.70, inputs: {weight: {min: -2",
                "share: 0.70, inputs: {weight: {min: -1")));
    assertNotEquals(original, PlanHash.of(parse("activity: {min: 0.4", "activity: {min: 0.5")));
    assertNotEquals(
        original, PlanHash.of(parse("share: 0.70,", "share: 0.70, defaults: {v_lk: 0.5},")));
    assertNotEquals(modeWith(Map.of()), modeWith(Map.of("w", Range.of(0.5))));
    String levels = "share: 0.70, inputs: {weight: {min: -2, max: 2";
    assertNotEquals(
        PlanHash.of(parse(levels, levels + ", levels: 2")),
        PlanHash.of(parse(levels, levels + ", levels: 2, upper: 0.7")));
    assertEquals(original, PlanHash.of(parse("  runs: 2000", "  runs: 3000")));
    assertEquals(original, PlanHash.of(parse("reltol: 1.0e-5", "reltol: 1.0e-4")));
  }

  private static String modeWith(Map<String, Range> largest) {
    return new Characterization.Mode(1, Map.of(), Map.of(), largest).toString();
  }

  /** Datasets outlive what a plan may say beside. */
  @Test
  void hashesAPlanAsBeforeItCouldSayMore() {
    assertEquals(
        "Mode[share=0.5, inputs={x=Draw[min=0.0, max=1.0, levels=null]}]",
        new Characterization.Mode(
                0.5, Map.of("x", new Characterization.Draw(0, 1, null, null)), null, null)
            .toString());
  }
}
