package io.understudy.characterizer.stimulus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.Circuits;
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
        RUNS, 5, List.of(new Refinement.Near(feature, -0.08, spread, 0.8, null, Map.of())));
  }

  @Test
  void bringsInputsCloseToTheDecision() {
    IntFunction<Stimulus.Instance> refined = RefinedDrawing.of(neuron, near("margin", 0.05), 5);
    IntFunction<Stimulus.Instance> plain =
        run -> RunDrawing.draw(neuron.folder().circuit(), 5, run);
    // A spike that is only just reached comes late in its period.
    assertTrue(
        shareOfSlowSpikes(refined) > 1.5 * shareOfSlowSpikes(plain),
        shareOfSlowSpikes(refined) + " against " + shareOfSlowSpikes(plain));
  }

  private static double shareOfSlowSpikes(IntFunction<Stimulus.Instance> drawing) {
    int[] spikes = {0, 0};
    for (int run = 0; run < RUNS; run++) {
      Stimulus.Instance instance = drawing.apply(run);
      SurrogateBank bank =
          neuron.open(
              new double[][] {
                instance.parameters().stream().mapToDouble(Double::doubleValue).toArray()
              },
              (i, step, kind, periods, output, energyJ, latencyS, states) -> {
                spikes[0] += output > 0 ? 1 : 0;
                spikes[1] += latencyS > 3.5e-9 ? 1 : 0;
              });
      StepRows rows = new StepRows(1, false);
      rows.reserveRows(1);
      for (Stimulus.Row row : instance.rows()) {
        rows.rows = 1;
        rows.inputs[0] = row.values().get(0);
        bank.step(row.step(), rows);
      }
    }
    return spikes[1] / (double) spikes[0];
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
