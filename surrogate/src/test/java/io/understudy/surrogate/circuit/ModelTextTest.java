package io.understudy.surrogate.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A circuit's folder that means harm. */
@Timeout(60)
class ModelTextTest {
  private static final Path NEURON = Path.of("..", "models", "lif_neuron");

  @TempDir Path folder;
  private Path circuit;

  @BeforeEach
  void copy() throws IOException {
    circuit = Files.createDirectory(folder.resolve("circuit"));
    for (String name : new String[] {CircuitReader.FILE, "netlist.sp", "ptm_45nm_lp.sp"}) {
      Files.copy(NEURON.resolve(name), circuit.resolve(name));
    }
  }

  private String refusal() {
    return assertThrows(CircuitException.class, () -> CircuitReader.read(circuit)).getMessage();
  }

  @Test
  void readsUpToTheLimitAndNoFurther() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "12345678");
    assertEquals("12345678", ModelText.read(file, 8));
    CircuitException e = assertThrows(CircuitException.class, () -> ModelText.read(file, 7));
    assertEquals(file + ": more than 7 bytes (expected: at most 7)", e.getMessage());
  }

  @Test
  void refusesANetlistThatIncludesAFileOutsideItsFolder() throws IOException {
    Files.writeString(folder.resolve("secret.sp"), "* none of its business\n");
    Files.writeString(circuit.resolve("netlist.sp"), ".include ../secret.sp\n");
    assertTrue(
        refusal().contains("netlist includes ../secret.sp (expected: a file in "), refusal());
  }

  @Test
  void refusesALinkThatLeadsOutsideItsFolder() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.sp"), "* none of its business\n");
    Files.delete(circuit.resolve("ptm_45nm_lp.sp"));
    Files.createSymbolicLink(circuit.resolve("ptm_45nm_lp.sp"), secret);
    assertTrue(refusal().contains("not outside"), refusal());
  }

  @Test
  void refusesADescriptionThatIsTooLong() throws IOException {
    Files.writeString(
        circuit.resolve(CircuitReader.FILE), "#".repeat(ModelText.MAX_CIRCUIT_BYTES + 1));
    assertTrue(refusal().contains("more than " + ModelText.MAX_CIRCUIT_BYTES), refusal());
  }

  /** Nine lists of nine aliases each would be 3 * 10^8 entries. */
  @Test
  void refusesADescriptionWhoseAliasesMultiply() throws IOException {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      yaml.append("a").append(i).append(": &a").append(i).append(" [");
      yaml.append(("*a" + (i - 1) + ", ").repeat(8)).append("*a").append(i - 1).append("]\n");
    }
    Files.writeString(circuit.resolve(CircuitReader.FILE), yaml);
    assertTrue(refusal().contains("(expected: "), refusal());
  }
}
