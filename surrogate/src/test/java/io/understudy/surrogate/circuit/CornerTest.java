package io.understudy.surrogate.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Temperature and supply as parameters. */
class CornerTest {
  private static final Path CORNERS = Path.of("..", "docs", "examples", "amplifier_corners");
  private static final Path MODELS = Path.of("..", "models");

  @TempDir private Path directory;

  @Test
  void readsATemperatureAndASupplyThatNamesAParameter() {
    Circuit circuit = CircuitReader.read(CORNERS).circuit();
    assertEquals("vdd_v", circuit.supplies().get(0).volts().parameter());
    Parameter temperature = circuit.parameters().get(1);
    assertTrue(temperature.temperature());
    assertEquals("degC", temperature.unit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "volts: vdd_v       | volts: vcc_v     | supplies.vdd.volts: vcc_v (expected: a number in V, or one of [vdd_v, temp_c])",
        "volts: vdd_v       | volts: 2*vdd_v   | supplies.volts: 2*vdd_v (expected: a number in V, or a parameter's name",
        "volts: vdd_v       | volts: temp_c    | supplies.vdd.volts: temp_c (expected: a scalar parameter that is a voltage)",
        "volts: vdd_v       | volts: 1.2       | parameters.vdd_v: not used (expected: a node, netlist: true, temperature: true, or",
        "temperature: true  | node: t          | parameters.vdd_v: not used",
        "unit: degC         | unit: K          | parameters.temp_c.unit: K (expected: degC",
        "values: [-40,      | values: [-300,   | parameters.temp_c: -300.0 degC (expected: more than -273.15 degC)",
        "temperature: true  | temperature: true, netlist: true | parameters.temp_c.temperature: true (expected: a scalar that has neither",
        "default: 1.2}      | default: 1.2, temperature: true} | parameters.vdd_v.unit: V (expected: degC",
      })
  void refusesACornerThatMakesNoSense(String from, String to, String message) throws IOException {
    String yaml = Files.readString(CORNERS.resolve("circuit.yaml"));
    String changed =
        message.contains("vdd_v: not used") && from.startsWith("temperature")
            ? yaml.replace("volts: vdd_v", "volts: 1.2").replace(from, to)
            : yaml.replace(from, to);
    assertNotEquals(yaml, changed);
    CircuitException e =
        assertThrows(CircuitException.class, () -> CircuitReader.parse("c.yaml", changed));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void hashesCornersAsPartOfWhatTheLabelsDependOn() throws IOException {
    String original = LabelHash.of(CircuitReader.read(CORNERS));
    assertNotEquals(original, changed("volts: vdd_v", "volts: -vdd_v"));
    assertNotEquals(original, changed("temperature: true", "netlist: true"));
    assertEquals(original, changed("min: 1.0, max: 1.4", "min: 1.1, max: 1.4"));
    assertEquals(original, changed("sampling: latin_hypercube", "sampling: sobol"));
    assertEquals(original, changed("check: {runs: 4", "check: {runs: 5"));
  }

  private String changed(String from, String to) throws IOException {
    String yaml = Files.readString(CORNERS.resolve("circuit.yaml"));
    assertTrue(yaml.contains(from), from);
    Files.writeString(directory.resolve("circuit.yaml"), yaml.replace(from, to));
    Files.writeString(
        directory.resolve("netlist.sp"), Files.readString(CORNERS.resolve("netlist.sp")));
    return LabelHash.of(CircuitReader.read(directory));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lif_neuron", "crossbar_row_g30", "crossbar_row_g10", "crossbar_row_opamp"})
  void leavesTheShippedPackagesValid(String name) throws IOException {
    CircuitFolder folder = CircuitReader.read(MODELS.resolve(name));
    Path newest = SurrogatePackage.newest(folder).orElseThrow();
    assertEquals(folder.sha256(), SurrogatePackage.read(newest, folder).manifest().circuitSha256());
  }
}
