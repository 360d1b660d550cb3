package io.understudy.characterizer.stimulus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.Circuits;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.Parameter;
import io.understudy.surrogate.circuit.Refinement;
import io.understudy.surrogate.event.Stimulus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunDrawingTest {
  private static final Circuit NEURON = Circuits.shipped("lif_neuron").circuit();
  private static final Circuit ROW = Circuits.shipped("crossbar_row_g30").circuit();

  @Test
  void drawsARunFromSeedAndNumberAlone() {
    assertEquals(RunDrawing.draw(ROW, 5, 3), RunDrawing.draw(ROW, 5, 3));
    assertNotEquals(RunDrawing.draw(ROW, 5, 3).rows(), RunDrawing.draw(ROW, 5, 4).rows());
    assertNotEquals(RunDrawing.draw(ROW, 5, 3).rows(), RunDrawing.draw(ROW, 6, 3).rows());
    // Neighbouring seeds do not share their runs shifted by one.
    assertNotEquals(RunDrawing.draw(ROW, 5, 4).rows(), RunDrawing.draw(ROW, 6, 3).rows());
  }

  @Test
  void neighbouringRunsShareNoDraws() {
    for (int run = 0; run < 20; run++) {
      Set<Double> mine = inputs(RunDrawing.draw(NEURON, 1, run));
      Set<Double> next = inputs(RunDrawing.draw(NEURON, 1, run + 1));
      int all = mine.size();
      mine.removeAll(next);
      // Some hundred values of millions: more than one in common would be no chance.
      assertTrue(all - mine.size() <= 1, "runs " + run + " and " + (run + 1));
    }
  }

  private static Set<Double> inputs(Stimulus.Instance run) {
    Set<Double> values = new HashSet<>();
    run.rows().forEach(row -> values.addAll(row.values()));
    return values;
  }

  @Test
  void staysInTheRangesOfPortsAndParameters() {
    for (Circuit circuit : List.of(NEURON, ROW, Circuits.rcStage().circuit())) {
      for (int run = 0; run < 20; run++) {
        Stimulus.Instance instance = RunDrawing.draw(circuit, 1, run);
        int at = 0;
        for (Parameter parameter : circuit.parameters()) {
          for (int k = 0; k < parameter.width(); k++) {
            double value = instance.parameters().get(at++);
            assertTrue(parameter.accepts(value), parameter.name() + ": " + value);
          }
        }
        for (Stimulus.Row row : instance.rows()) {
          int index = 0;
          for (InputPort input : circuit.inputs()) {
            for (int k = 0; k < input.width(); k++) {
              double value = row.values().get(index++);
              assertTrue(value >= input.min() && value <= input.max(), input.name());
            }
          }
        }
      }
    }
  }

  @Test
  void leavesTheFirstPeriodIdleAndKeepsTheActivity() {
    List<Stimulus.Instance> runs = draw(NEURON, 300);
    assertTrue(runs.stream().allMatch(run -> run.rows().get(0).step() >= 1));
    double share = runs.stream().mapToInt(run -> run.rows().size()).sum() / (300.0 * 99);
    assertEquals(0.7, share, 0.03);
  }

  @Test
  void drawsSomeRunsOfOneSignOnly() {
    double planned =
        NEURON.characterization().modes().stream()
            .filter(mode -> mode.inputs().get("weight").min() >= 0)
            .mapToDouble(mode -> mode.share())
            .sum();
    assertTrue(planned > 0.1 && planned < 0.9, "a plan that can show it");
    double positive =
        draw(NEURON, 400).stream()
            .filter(run -> run.rows().stream().allMatch(row -> row.values().get(0) >= 0))
            .count();
    assertEquals(planned, positive / 400, 0.05);
  }

  @Test
  void drawsSomeRunsOnLevelsAndSomeChangesToTheRails() {
    long onLevels = 0;
    long rails = 0;
    long changes = 0;
    for (Stimulus.Instance run : draw(ROW, 100)) {
      Set<Double> values = new HashSet<>();
      run.rows().forEach(row -> values.addAll(row.values()));
      onLevels += values.size() <= 16 ? 1 : 0;
      for (Stimulus.Row row : run.rows()) {
        changes++;
        rails += row.values().stream().allMatch(v -> Math.abs(v) == 0.8) ? 1 : 0;
      }
    }
    assertEquals(0.3, onLevels / 100.0, 0.12);
    assertEquals(0.1, rails / (double) changes, 0.02);
  }

  /** Rows of networks: many weights are 0 or of one sign, and most inputs are at the upper rail. */
  @Test
  void drawsSomeRunsWithDefaultsAndWithMostElementsOnTheUpperLevel() {
    Circuit row = Circuits.shipped("crossbar_row_opamp").circuit();
    Refinement networks = row.characterization().refinement();
    List<Stimulus.Instance> runs =
        IntStream.range(0, 400)
            .mapToObj(run -> RunDrawing.refined(row, networks, 1, run, RunDrawing.UNGUIDED))
            .toList();
    List<List<Double>> weights = runs.stream().map(run -> run.parameters().subList(0, 32)).toList();
    double fewWeights = weights.stream().filter(w -> count(w, 0.0) > 18).count();
    // Of three values 0 is drawn 11 times of 32 by itself, and hardly ever more than 18.
    assertEquals(0.9 * (0.95 - 0.58) / 0.75 + 0.1 * (0.95 - 0.58) / 0.95, fewWeights / 400, 0.08);
    double ofOneSign = weights.stream().filter(w -> count(w, 1.0) < 0.2 * nonZero(w)).count();
    // With each sign as likely as the other this happened in one run of a hundred.
    assertEquals(0.2, ofOneSign / 400, 0.06);
    List<Double> shares =
        runs.stream()
            .flatMap(run -> run.rows().stream())
            .map(Stimulus.Row::values)
            .filter(values -> count(values, 0.8) + count(values, -0.8) == 32)
            .map(values -> count(values, 0.8) / 32)
            .toList();
    double mostlyUpper = shares.stream().filter(share -> share > 0.85).count();
    assertEquals(0.2, mostlyUpper / shares.size(), 0.06);
  }

  private static double nonZero(List<Double> values) {
    return values.size() - count(values, 0.0);
  }

  private static double count(List<Double> values, double value) {
    return values.stream().filter(v -> v == value).count();
  }

  private static List<Stimulus.Instance> draw(Circuit circuit, int runs) {
    return IntStream.range(0, runs).mapToObj(run -> RunDrawing.draw(circuit, 9, run)).toList();
  }
}
