package io.understudy.surrogate.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.Parameter;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EventListener;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Differential: a bank beside one that evaluates event by event, on the shipped circuits. Answers,
 * events and totals have the same bits, however the instances are cut and by however many threads.
 */
class BankDifferenceTest {
  private static final Path MODELS = Path.of("..", "models");
  private static final int STEPS = 12;

  @ParameterizedTest
  @ValueSource(strings = {"lif_neuron", "crossbar_row_opamp", "crossbar_row_g30"})
  void hasTheSameBitsHoweverItIsCut(String name) throws IOException {
    Surrogate surrogate = load(name);
    List<String> expected = play(surrogate, 300, l -> reference(surrogate, 300, l));
    assertTrue(expected.stream().anyMatch(line -> line.contains("E3")), "no idle stretch");
    for (int stretch : new int[] {1, 7, 128, EventBlock.ROWS}) {
      BankOptions alone = new BankOptions(null, null, stretch);
      assertSame(expected, play(surrogate, 300, l -> bank(surrogate, 300, alone, l)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lif_neuron", "crossbar_row_opamp"})
  void hasTheSameBitsByAnyNumberOfThreads(String name) throws IOException {
    Surrogate surrogate = load(name);
    int instances = 1000;
    BankOptions alone = new BankOptions(null, null, EventBlock.ROWS);
    List<String> expected = play(surrogate, instances, l -> bank(surrogate, instances, alone, l));
    for (int threads : new int[] {1, 2, 5}) {
      try (EvaluationCrew crew = new EvaluationCrew(threads)) {
        BankOptions shared = new BankOptions(null, crew, 64);
        assertSame(
            expected, play(surrogate, instances, l -> bank(surrogate, instances, shared, l)));
      }
    }
  }

  private static void assertSame(List<String> expected, List<String> actual) {
    for (int k = 0; k < Math.min(expected.size(), actual.size()); k++) {
      assertEquals(expected.get(k), actual.get(k), "line " + k);
    }
    assertEquals(expected.size(), actual.size());
  }

  private static Surrogate load(String name) throws IOException {
    CircuitFolder folder = CircuitReader.read(MODELS.resolve(name));
    Path newest = SurrogatePackage.newest(folder).orElseThrow();
    return Surrogate.load(folder, SurrogatePackage.read(newest, folder));
  }

  private static BankEvaluator reference(Surrogate surrogate, int instances, EventListener told) {
    return new ReferenceBank(surrogate, parameters(surrogate, instances), told);
  }

  private static BankEvaluator bank(
      Surrogate surrogate, int instances, BankOptions options, EventListener told) {
    return surrogate.openWith(
        parameters(surrogate, instances), new BankOptions(told, options.crew(), options.stretch()));
  }

  private static double[][] parameters(Surrogate surrogate, int instances) {
    Random random = new Random(5);
    double[][] values = new double[instances][];
    for (int i = 0; i < instances; i++) {
      List<Double> own = new ArrayList<>();
      for (Parameter parameter : surrogate.folder().circuit().parameters()) {
        for (int k = 0; k < parameter.width(); k++) {
          own.add(draw(parameter, random));
        }
      }
      values[i] = own.stream().mapToDouble(Double::doubleValue).toArray();
    }
    return values;
  }

  private static double draw(Parameter parameter, Random random) {
    List<Double> values = parameter.values();
    return values != null && !values.isEmpty()
        ? values.get(random.nextInt(values.size()))
        : parameter.min() + (parameter.max() - parameter.min()) * random.nextDouble();
  }

  /** Everything that a run shows, as text with all bits. */
  private static List<String> play(
      Surrogate surrogate, int instances, Function<EventListener, BankEvaluator> open) {
    Circuit circuit = surrogate.folder().circuit();
    List<String> seen = new ArrayList<>();
    BankEvaluator bank =
        open.apply(
            (instance, step, kind, periods, output, energyJ, latencyS, states) ->
                seen.add(
                    kind
                        + " %d@%d x%d ".formatted(instance, step, periods)
                        + bits(output, energyJ, latencyS)
                        + bits(states)));
    StepRows rows = new StepRows(circuit.inputColumns().size(), circuit.hasSharedInputs());
    rows.reserveRows(instances);
    Random random = new Random(11);
    long period = 0;
    for (int s = 0; s < STEPS; s++) {
      fill(rows, circuit, instances, random);
      bank.step(period, rows);
      for (int a = 0; a < rows.answers; a++) {
        seen.add(
            "answer %d %d %d ".formatted(rows.answered[a], rows.delayFs[a], rows.flags[a])
                + bits(rows.output[a], rows.eventEnergyJ[a], rows.idleEnergyJ[a]));
      }
      period += random.nextInt(4) == 0 ? 3 : 1;
    }
    bank.close(period + 2);
    BankTotals t = bank.totals();
    seen.add(
        Arrays.asList(t.crossings, t.e1, t.e2, t.e3, t.idlePeriods, t.outputs, t.flagged, t.outside)
            + bits(t.dynamicJ, t.staticJ, t.latencySumS, t.latencyMaxS)
            + t.firstOutside);
    return seen;
  }

  /** Most instances get an input, in some steps none; some values lie outside their range. */
  private static void fill(StepRows rows, Circuit circuit, int instances, Random random) {
    rows.rows = 0;
    boolean quiet = random.nextInt(5) == 0;
    boolean shared = circuit.hasSharedInputs();
    for (int i = 0; i < instances && !quiet; i++) {
      if (shared || random.nextInt(3) > 0) {
        int at = shared ? 0 : rows.rows * circuit.inputColumns().size();
        rows.instance[rows.rows++] = i;
        for (int k = 0; k < circuit.inputs().size() && (!shared || i == 0); k++) {
          InputPort input = circuit.inputs().get(k);
          double beyond = random.nextInt(50) == 0 ? 1.1 : 1;
          for (int j = 0; j < input.width(); j++) {
            rows.inputs[at++] =
                beyond * (input.min() + (input.max() - input.min()) * random.nextDouble());
          }
        }
      }
    }
  }

  private static String bits(double... values) {
    StringBuilder text = new StringBuilder();
    for (double value : values) {
      text.append(Long.toHexString(Double.doubleToRawLongBits(value))).append(' ');
    }
    return text.toString();
  }
}
