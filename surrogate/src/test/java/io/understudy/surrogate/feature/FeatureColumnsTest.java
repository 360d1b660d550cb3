package io.understudy.surrogate.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.feature.FeatureGroup.Visible;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Features of many events at once have the bits of those of each event by itself. */
class FeatureColumnsTest {
  private static final Set<Visible> ALL = Set.of(Visible.values());

  private final Random random = new Random(11);

  @ParameterizedTest
  @ValueSource(strings = {"crossbar_row_opamp", "crossbar_row_g10", "lif_neuron"})
  void allNamedFeaturesOfACircuitAreTheSame(String name) {
    Circuit circuit = CircuitReader.read(Path.of("..", "models", name)).circuit();
    Map<String, double[]> fits = new HashMap<>();
    circuit.fits().forEach((f, fit) -> fits.put(f, draw(fit.terms().size() + 1)));
    List<String> features = new ArrayList<>(circuit.features().keySet());
    features.add(
        "(1 - latency) ^ 2 * abs(output - 0.3) ^ 1.5".replace("output", circuit.output().name()));
    features.removeIf(f -> isVector(circuit, fits, f));
    FeatureProgram program =
        FeatureProgram.compile(circuit, fits, List.of(new FeatureGroup("all", features, ALL, 0)));
    for (int rows : new int[] {1, 23, 24, 255, 256, 257, 700}) {
      compare(name, circuit, program, features, rows);
    }
  }

  private static boolean isVector(Circuit circuit, Map<String, double[]> fits, String feature) {
    Expression expression = ExpressionParser.parse(feature, feature);
    return ExpressionShape.of(feature, expression, new FeatureScope(circuit, fits)).width() > 0;
  }

  private void compare(
      String name, Circuit circuit, FeatureProgram program, List<String> features, int rows) {
    int inputs = circuit.inputs().stream().mapToInt(i -> i.width()).sum();
    int parameters = circuit.parameters().stream().mapToInt(p -> p.width()).sum();
    int states = circuit.states().size();
    EventColumns columns = new EventColumns();
    columns.inputs = draw(rows * inputs);
    columns.previous = draw(rows * inputs);
    columns.states = draw(rows * states);
    columns.next = draw(rows * states);
    columns.parameters = draw(rows * parameters);
    columns.constants = new double[rows * program.constants()];
    double[] values = new double[features.size() * EventColumns.STRIDE];
    double[][] expected = new double[rows][features.size()];
    for (int r = 0; r < rows; r++) {
      columns.inputsAt[r] = (rows - 1 - r) * inputs;
      columns.previousAt[r] = r * inputs;
      columns.statesAt[r] = r * states;
      columns.nextAt[r] = r * states;
      columns.parametersAt[r] = r * parameters;
      columns.constantsAt[r] = r * program.constants();
      columns.periods[r] = 1 + random.nextInt(9);
      columns.latency[r] = random.nextDouble();
      columns.output[r] = random.nextGaussian();
      FeatureContext one = context(columns, r);
      program.instance(one);
      program.evaluate(0, one, expected[r]);
    }
    program.evaluate(0, columns, rows, values);
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < features.size(); k++) {
        String what = name + ": " + features.get(k) + " of row " + r + " of " + rows;
        assertEquals(expected[r][k], values[k * EventColumns.STRIDE + r], what);
      }
    }
  }

  private static FeatureContext context(EventColumns columns, int r) {
    FeatureContext one = new FeatureContext();
    one.inputs = columns.inputs;
    one.inputsAt = columns.inputsAt[r];
    one.previous = columns.previous;
    one.previousAt = columns.previousAt[r];
    one.states = columns.states;
    one.statesAt = columns.statesAt[r];
    one.next = columns.next;
    one.nextAt = columns.nextAt[r];
    one.parameters = columns.parameters;
    one.parametersAt = columns.parametersAt[r];
    one.constants = columns.constants;
    one.constantsAt = columns.constantsAt[r];
    one.periods = columns.periods[r];
    one.latency = columns.latency[r];
    one.output = columns.output[r];
    return one;
  }

  private double[] draw(int count) {
    return random.doubles(count, -1, 1).toArray();
  }
}
