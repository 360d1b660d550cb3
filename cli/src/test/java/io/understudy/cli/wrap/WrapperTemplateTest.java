package io.understudy.cli.wrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitException;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wrappers that the shims are tested with are those that the generator makes. */
class WrapperTemplateTest {
  private static final Path SHIMS = Path.of("..", "hdl-shims");

  @ParameterizedTest
  @ValueSource(strings = {"lif_neuron", "crossbar_row_g30"})
  void makesTheWrapperThatTheShimsAreTestedWith(String name) throws IOException {
    Circuit circuit = CircuitReader.read(Path.of("..", "models", name)).circuit();
    String template = Files.readString(SHIMS.resolve("sv/bank.sv.in"));
    String expected =
        Files.readString(SHIMS.resolve("tests/wrappers/" + circuit.macro().module() + ".sv"));
    assertEquals(expected, WrapperTemplate.fill(template, circuit));
  }

  @Test
  void refusesATemplateThatLacksAPart() {
    Circuit circuit = CircuitReader.read(Path.of("..", "models", "lif_neuron")).circuit();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> WrapperTemplate.fill("module @MODULE@;", circuit));
    assertTrue(e.getMessage().contains("no @CIRCUIT@"), e.getMessage());
  }

  @Test
  void refusesAPortThatClashesWithTheTemplatesOwnNames() throws IOException {
    String yaml = Files.readString(Path.of("..", "models", "lif_neuron", "circuit.yaml"));
    Circuit circuit =
        CircuitReader.parse("c.yaml", yaml.replace("weight: weight_code", "weight: handle"));
    CircuitException e =
        assertThrows(CircuitException.class, () -> WrapperTemplate.fill("", circuit));
    assertTrue(
        e.getMessage().startsWith("macro: port handle (expected: a name of its own"),
        e.getMessage());
  }
}
