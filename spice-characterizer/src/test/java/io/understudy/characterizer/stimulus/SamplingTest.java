package io.understudy.characterizer.stimulus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.Circuits;
import io.understudy.surrogate.circuit.Characterization.Sampling;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.event.Stimulus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How runs are spread over parameters, modes and activities. */
class SamplingTest {
  private static final int RUNS = 64;
  private static final double MIN = 0.4;
  private static final double MAX = 0.8;

  /** The neuron's third parameter, v_lk, has the range from MIN to MAX. */
  private static final int V_LK = 2;

  private static Circuit neuron(Sampling sampling) throws IOException {
    String yaml =
        Files.readString(Circuits.shipped("lif_neuron").directory().resolve("circuit.yaml"));
    String name = sampling.name().toLowerCase(Locale.ROOT);
    return CircuitReader.parse(
        "c.yaml", yaml.replace("  periods: 100", "  periods: 100\n  sampling: " + name));
  }

  private static List<Stimulus.Instance> draw(Circuit circuit, long seed, int runs) {
    return IntStream.range(0, runs).mapToObj(RunDrawing.of(circuit, seed, runs)).toList();
  }

  /** How many runs have the parameter in each of as many equal parts of its range. */
  private static int[] parts(List<Stimulus.Instance> runs, int parts) {
    int[] counts = new int[parts];
    for (Stimulus.Instance run : runs) {
      // Values are rounded to 1e-7 of the range: a little inward from a part's edge.
      double share = (run.parameters().get(V_LK) - MIN) / (MAX - MIN);
      counts[(int) Math.min(parts - 1, share * parts + 1e-5)]++;
    }
    return counts;
  }

  @ParameterizedTest
  @EnumSource(
      value = Sampling.class,
      names = {"LATIN_HYPERCUBE", "SOBOL"})
  void putsOneRunIntoEachPartOfARange(Sampling sampling) throws IOException {
    int[] counts = parts(draw(neuron(sampling), 9, RUNS), RUNS);
    for (int part = 0; part < RUNS; part++) {
      assertEquals(1, counts[part], "part " + part);
    }
  }

  @Test
  void leavesPartsEmptyByChance() throws IOException {
    int[] counts = parts(draw(neuron(Sampling.UNIFORM), 9, RUNS), RUNS);
    assertTrue(IntStream.of(counts).filter(count -> count == 0).count() > 10);
  }

  @Test
  void spreadsSobolsPointsOverTwoDimensionsTogether() {
    UnitPoints points = UnitPoints.of(Sampling.SOBOL, 6, 3, RUNS);
    boolean[][] taken = new boolean[8][8];
    for (int run = 0; run < RUNS; run++) {
      double[] point = points.point(run);
      int x = (int) (8 * point[0]);
      int y = (int) (8 * point[1]);
      assertTrue(!taken[x][y], "run " + run + ": the square has one already");
      taken[x][y] = true;
    }
  }

  @ParameterizedTest
  @EnumSource(Sampling.class)
  void drawsModesActivitiesAndDiscreteValuesByTheirShares(Sampling sampling) throws IOException {
    List<Stimulus.Instance> runs = draw(neuron(sampling), 4, 400);
    double positive =
        runs.stream()
            .filter(run -> run.rows().stream().allMatch(row -> row.values().get(0) >= 0))
            .count();
    assertEquals(0.15, positive / 400, 0.05);
    double active = runs.stream().mapToInt(run -> run.rows().size()).sum() / (400.0 * 99);
    assertEquals(0.7, active, 0.03);
    Circuit corners = Circuits.example("amplifier_corners").circuit();
    Map<Double, Integer> temperatures = new HashMap<>();
    draw(corners, 4, 90)
        .forEach(run -> temperatures.merge(run.parameters().get(1), 1, Integer::sum));
    assertEquals(Map.of(-40.0, 30, 27.0, 30, 125.0, 30), temperatures);
  }

  @ParameterizedTest
  @EnumSource(Sampling.class)
  void drawsTheSameRunsInWhateverOrder(Sampling sampling) throws IOException {
    Circuit circuit = neuron(sampling);
    List<Stimulus.Instance> inOrder = draw(circuit, 9, RUNS);
    List<Integer> order = new ArrayList<>(IntStream.range(0, RUNS).boxed().toList());
    Collections.shuffle(order, new Random(1));
    IntFunction<Stimulus.Instance> drawing = RunDrawing.of(circuit, 9, RUNS);
    order.forEach(run -> assertEquals(inOrder.get(run), drawing.apply(run)));
    assertEquals(
        inOrder, IntStream.range(0, RUNS).parallel().mapToObj(drawing).toList(), "on threads");
    assertNotEquals(inOrder.get(0).parameters(), draw(circuit, 8, RUNS).get(0).parameters());
  }

  @Test
  void drawsTheSameFirstRunsForMoreRunsByChanceAndBySobol() throws IOException {
    for (Sampling sampling : List.of(Sampling.UNIFORM, Sampling.SOBOL)) {
      Circuit circuit = neuron(sampling);
      assertEquals(draw(circuit, 9, 5), draw(circuit, 9, 50).subList(0, 5));
    }
  }

  /** What the shipped surrogates were trained with must stay drawable. */
  @Test
  void keepsTheUniformDrawsAsTheyWere() {
    Stimulus.Instance run = draw(Circuits.shipped("lif_neuron").circuit(), 1, 4).get(3);
    assertEquals(List.of(0.5565085, 0.7391873, 0.5115816, 0.6155794), run.parameters());
    assertEquals(RunDrawing.draw(Circuits.shipped("lif_neuron").circuit(), 1, 3), run);
  }
}
