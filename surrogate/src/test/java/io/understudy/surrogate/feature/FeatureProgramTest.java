package io.understudy.surrogate.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitException;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.feature.FeatureGroup.Visible;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeatureProgramTest {
  private static final Circuit ROW =
      CircuitReader.read(Path.of("..", "models", "crossbar_row_g30")).circuit();
  private static final Circuit NEURON =
      CircuitReader.read(Path.of("..", "models", "lif_neuron")).circuit();

  private final double[] inputs = new double[32];
  private final double[] weights = new double[33];

  private double[] row(String... expressions) {
    FeatureProgram program =
        FeatureProgram.compile(
            ROW,
            Map.of(),
            List.of(new FeatureGroup("test", List.of(expressions), Set.of(Visible.INPUTS), 0)));
    FeatureContext x = new FeatureContext();
    x.inputs = inputs;
    x.previous = new double[32];
    x.states = new double[] {0.25};
    x.parameters = weights;
    x.constants = new double[program.constants()];
    program.instance(x);
    double[] values = new double[program.width(0)];
    program.evaluate(0, x, values);
    return values;
  }

  private void drawRow() {
    Random random = new Random(7);
    for (int k = 0; k < 32; k++) {
      inputs[k] = random.nextDouble() * 1.6 - 0.8;
      weights[k] = random.nextInt(3) - 1;
    }
    weights[32] = -1;
  }

  @Test
  void numbersAreNoConstantsOfAnInstance() {
    FeatureProgram program =
        FeatureProgram.compile(
            ROW,
            Map.of(),
            List.of(
                new FeatureGroup(
                    "test",
                    List.of("-0.5 * sum(in) + (3 * -1.5 - 2 / 4) * bias", "v_out + 2 * 3 * bias"),
                    Set.of(Visible.INPUTS),
                    0)));
    assertEquals(2, program.constants(), "the products with the bias");
    inputs[0] = 0.4;
    weights[32] = -1;
    assertArrayEquals(
        new double[] {4.8, -5.75},
        row("-0.5 * sum(in) + (3 * -1.5 - 2 / 4) * bias", "v_out + 2 * 3 * bias"));
  }

  @Test
  void computesTheRowsClosedFormLikeAReductionOfItsLadders() {
    drawRow();
    double[] p = line(1);
    double[] n = line(-1);
    double node = 30000 * p[1] / (1 + 31000 * p[0]);
    double out = node - 30000 * (n[1] - n[0] * node) / (1 + 1000 * n[0]);
    double[] values = row("gp", "gn", "row");
    assertEquals(p[0], values[0], 1e-5 * p[0]);
    assertEquals(n[0], values[1], 1e-5 * n[0]);
    assertEquals(out, values[2], 1e-4 * Math.abs(out));
  }

  /**
   * A line's conductance and short-circuit current at its end, node by node.
   *
   * @param sign of the weights that conduct
   */
  private double[] line(int sign) {
    double conductance = 0;
    double volts = 0;
    for (int k = 0; k < 32; k++) {
      conductance = k == 0 ? 0 : 1 / (1 / Math.max(conductance, 1e-18) + 11.551961);
      double g = weights[k] == 0 ? 0 : weights[k] == sign ? 1 / 78009.241569 : 1 / 202009.241569;
      double injected = conductance * volts + g * inputs[k];
      double all = conductance + g;
      if (k == 31) {
        double bias = weights[32] == sign || weights[32] == 0 ? 1.0 / 78000 : 1.0 / 202000;
        bias = 1 / (1 / bias + 9.241569);
        injected += bias * 0.8;
        all += bias;
      }
      conductance = all;
      volts = all == 0 ? 0 : injected / all;
    }
    double end = 1 / (1 / conductance + 11.551961);
    return new double[] {end, end * volts};
  }

  @Test
  void sumsAVectorUpAsItRuns() {
    drawRow();
    double sum = 0;
    double[] values = row("cumsum(w * w) + in");
    for (int k = 0; k < 32; k++) {
      sum += weights[k] * weights[k];
      assertEquals(sum + inputs[k], values[k]);
    }
    assertArrayEquals(
        new double[] {sum}, row("dot(cumsum(w * w), if(cumsum(w * 0 + 1) == 32, 1, 0))"));
    assertTrue(refused("sum(cumsum(in))").contains("expected: of a vector that depends on"));
    assertTrue(refused("cumsum(bias)").contains("CUMSUM"));
  }

  @Test
  void expandsAVectorToItsElements() {
    drawRow();
    assertArrayEquals(inputs, row("in"));
    double[] squares = row("in * in - w");
    for (int k = 0; k < 32; k++) {
      assertEquals(inputs[k] * inputs[k] - weights[k], squares[k]);
    }
  }

  @Test
  void knowsPrecedenceAndFunctions() {
    drawRow();
    assertArrayEquals(
        new double[] {-8, 512, 7, 0.5, 1, 0, 3, Math.sqrt(2), StrictMath.exp(0.25), -0.25},
        row(
            "-2 ^ 3",
            "2 ^ 3 ^ 2",
            "1 + 2 * 3",
            "clip(0.9, 0, 1 / 2)",
            "3 > 2",
            "1 == 2",
            "if(v_out > 0.2, max(1, 3), 2)",
            "sqrt(2)",
            "exp(v_out)",
            "-v_out"));
  }

  @Test
  void computesAFitAsALinearFunction() {
    FeatureProgram program =
        FeatureProgram.compile(
            NEURON,
            Map.of("v_th", new double[] {0.1, 2, 0, 3, 0, 0}),
            List.of(
                new FeatureGroup("test", List.of("v_th", "margin"), Set.of(Visible.INPUTS), 1)));
    FeatureContext x = new FeatureContext();
    x.inputs = new double[] {0.5};
    x.states = new double[] {0.2, 0, 0, 0, 0};
    x.parameters = new double[] {0.6, 0.5, 0.7, 0.5};
    x.constants = new double[program.constants()];
    program.instance(x);
    double[] values = new double[3];
    program.evaluate(0, x, values);
    double threshold = 0.1 + 2 * 0.6 + 3 * (0.7 * 0.7);
    assertEquals(threshold, values[1], 1e-12);
    assertEquals(0.2 + 0.864 * 0.5 - threshold, values[2], 1e-12);
  }

  @Test
  void compilesALongChainOfFeaturesThatUseEachOtherOften() throws IOException {
    StringBuilder chain = new StringBuilder("features:\n  c0: v_mem\n");
    for (int k = 1; k <= 40; k++) {
      chain.append("  c%d: (c%d + c%d * c%d) / 2\n".formatted(k, k - 1, k - 1, k - 1));
    }
    String yaml = Files.readString(Path.of("..", "models", "lif_neuron", "circuit.yaml"));
    Circuit circuit =
        CircuitReader.parse("chain", yaml.replaceFirst("(?m)^features:\n", chain.toString()));
    FeatureProgram program =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30),
            () ->
                FeatureProgram.compile(
                    circuit,
                    Map.of(),
                    List.of(new FeatureGroup("test", List.of("c40"), Set.of(), 0))));
    FeatureContext x = new FeatureContext();
    x.states = new double[] {1, 0, 0, 0, 0};
    x.parameters = new double[4];
    x.constants = new double[program.constants()];
    program.instance(x);
    double[] value = new double[1];
    program.evaluate(0, x, value);
    assertEquals(1, value[0]);
  }

  @Test
  void refusesWhatIsNotKnownAtThatMoment() {
    CircuitException e =
        assertThrows(
            CircuitException.class,
            () ->
                FeatureProgram.compile(
                    NEURON,
                    Map.of(),
                    List.of(new FeatureGroup("predictors.spike", List.of("weight"), Set.of(), 0))));
    assertEquals(
        "predictors.spike: weight: looks at [INPUTS] (expected: only what is known then: [])",
        e.getMessage());
  }

  @Test
  void namesWhatIsWrongWithAnExpression() {
    assertTrue(refused("1 +").contains("end (expected: a number, a name or ()"));
    assertTrue(refused("nowhere + 1").contains("unknown name nowhere"));
    assertTrue(refused("sum(bias)").contains("SUM of a scalar"));
    assertTrue(refused("sine(1)").contains("function sine (expected: one of [abs"));
    assertTrue(refused("1 2").contains("2 (expected: the end"));
    assertTrue(refused("min(1)").contains("min of 1 arguments (expected: 2)"));
    assertTrue(refused("a $ b").contains("$ (expected"));
    assertTrue(refused("(".repeat(5000)).contains("levels of nesting"));
  }

  private String refused(String expression) {
    return assertThrows(CircuitException.class, () -> row(expression)).getMessage();
  }
}
