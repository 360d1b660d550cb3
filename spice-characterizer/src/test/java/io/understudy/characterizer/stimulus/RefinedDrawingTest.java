package io.understudy.characterizer.stimulus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.Circuits;
import io.understudy.surrogate.circuit.Characterization;
import io.understudy.surrogate.circuit.CircuitException;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.Refinement;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.event.Stimulus;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.predict.SurrogateBank;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RefinedDrawingTest {
  private static final int RUNS = 20;
  private static Surrogate neuron;

  @BeforeAll
  static void load() throws IOException {
    CircuitFolder folder = Circuits.shipped("lif_neuron");
    neuron =
        Surrogate.load(
            folder, SurrogatePackage.read(SurrogatePackage.newest(folder).orElseThrow(), folder));
  }

  private static Refinement near(String feature, double spread) {
    return new Refinement(
        RUNS,
        5,
        null,
        null,
        List.of(),
        List.of(new Refinement.Near(feature, -0.08, spread, 0.8, null, Map.of())),
        null);
  }

  @Test
  void bringsAFeatureCloseToItsValue() {
    IntFunction<Stimulus.Instance> refined =
        RefinedDrawing.of(neuron, near("v_mem + 0.864 * weight", 0.05), 5);
    IntFunction<Stimulus.Instance> plain =
        run -> RunDrawing.draw(neuron.folder().circuit(), 5, run);
    assertTrue(
        shareNear(refined) > 2 * shareNear(plain),
        shareNear(refined) + " against " + shareNear(plain));
  }

  @Test
  void drawsAShareOfTheRunsInTheFocus() {
    Refinement.Focus focus =
        new Refinement.Focus(0.5, Map.of("v_lk", new Characterization.Range(0.41, 0.42)));
    Refinement focused =
        new Refinement(RUNS, 5, null, null, List.of(), near("v_mem", 1).near(), focus);
    IntFunction<Stimulus.Instance> drawing = RefinedDrawing.of(neuron, focused, 5);
    int leak = neuron.folder().circuit().parameterColumns().indexOf("v_lk");
    long inside =
        IntStream.range(0, RUNS)
            .mapToDouble(run -> drawing.apply(run).parameters().get(leak))
            .filter(volts -> volts >= 0.41 && volts <= 0.42)
            .count();
    assertTrue(inside > RUNS / 4 && inside < 3 * RUNS / 4, inside + " of " + RUNS);
  }

  @Test
  void drawsKindsAndLengthsOfRunsOfItsOwn() {
    Characterization.Draw strong = new Characterization.Draw(1.5, 2.0, null, null);
    var mode = new Characterization.Mode(1, Map.of("weight", strong), Map.of(), Map.of());
    var all = new Characterization.Range(1, 1);
    Refinement own = new Refinement(RUNS, 5, 7, all, List.of(mode), List.of(), null);
    IntFunction<Stimulus.Instance> drawing = RefinedDrawing.of(neuron, own, 5);
    for (int run = 0; run < RUNS; run++) {
      List<Stimulus.Row> rows = drawing.apply(run).rows();
      // The first period is idle.
      assertEquals(6, rows.size());
      assertTrue(rows.stream().allMatch(row -> row.values().get(0) >= 1.5), "run " + run);
    }
  }

  /** Share of the inputs that bring the feature within 0.15 V of where it is sought. */
  private static double shareNear(IntFunction<Stimulus.Instance> drawing) {
    int all = 0;
    int near = 0;
    for (int run = 0; run < RUNS; run++) {
      Stimulus.Instance instance = drawing.apply(run);
      double[] membraneV = {0};
      SurrogateBank bank =
          neuron.open(
              new double[][] {
                instance.parameters().stream().mapToDouble(Double::doubleValue).toArray()
              },
              (i, step, kind, periods, output, energyJ, latencyS, states) ->
                  membraneV[0] = states[0]);
      StepRows rows = new StepRows(1, false);
      rows.reserveRows(1);
      for (Stimulus.Row row : instance.rows()) {
        bank.close(row.step());
        double weight = row.values().get(0);
        near += Math.abs(membraneV[0] + 0.864 * weight + 0.08) < 0.15 ? 1 : 0;
        all++;
        rows.rows = 1;
        rows.inputs[0] = weight;
        bank.step(row.step(), rows);
      }
    }
    return near / (double) all;
  }

  @Test
  void drawsARunFromSeedNumberAndSurrogateAlone() {
    IntFunction<Stimulus.Instance> one = RefinedDrawing.of(neuron, near("margin", 0.1), 5);
    IntFunction<Stimulus.Instance> two = RefinedDrawing.of(neuron, near("margin", 0.1), 5);
    Stimulus.Instance last = one.apply(3);
    two.apply(1);
    assertEquals(last, two.apply(3));
  }

  @Test
  void namesAFeatureThatDoesNotExist() {
    CircuitException e =
        assertThrows(
            CircuitException.class, () -> RefinedDrawing.of(neuron, near("margn", 0.1), 5));
    assertTrue(e.getMessage().contains("margn"), e.getMessage());
  }
}
