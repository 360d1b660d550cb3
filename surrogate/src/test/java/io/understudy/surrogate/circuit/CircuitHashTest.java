package io.understudy.surrogate.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircuitHashTest {
  private static final Path NEURON = Path.of("..", "models", "lif_neuron");

  @TempDir Path directory;

  private String hash(String file, String from, String to) throws IOException {
    for (String name : new String[] {"circuit.yaml", "netlist.sp", "ptm_45nm_lp.sp"}) {
      String text = Files.readString(NEURON.resolve(name));
      Files.writeString(directory.resolve(name), name.equals(file) ? text.replace(from, to) : text);
    }
    return CircuitReader.read(directory).sha256();
  }

  @Test
  void changesWithTheNetlistTheCardAndTheFeatures() throws IOException {
    String original = CircuitReader.read(NEURON).sha256();
    assertNotEquals(original, hash("netlist.sp", "500f", "501f"));
    assertNotEquals(original, hash("ptm_45nm_lp.sp", "0.62261", "0.62262"));
    assertNotEquals(original, hash("circuit.yaml", "v_mem + 0.864", "v_mem + 0.865"));
    assertNotEquals(original, hash("circuit.yaml", "rise_through: 0.3", "rise_through: 0.31"));
  }

  @Test
  void staysWithCommentsCodesAndTheMacro() throws IOException {
    String original = CircuitReader.read(NEURON).sha256();
    assertEquals(original, hash("circuit.yaml", "lsb: 0.016", "lsb: 0.017"));
    assertEquals(original, hash("circuit.yaml", "module: lif_neuron_bank", "module: neurons"));
    assertEquals(original, hash("circuit.yaml", "trees: 160", "trees: 159"));
    assertEquals(original, hash("circuit.yaml", "format: 1", "format: 1  # the first"));
  }
}
