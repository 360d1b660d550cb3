package io.understudy.surrogate.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.circuit.CircuitException;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.provenance.PackageException;
import io.understudy.surrogate.provenance.SurrogateManifest;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurrogateTest {
  @TempDir Path directory;

  @Test
  void readsBackThePackageThatItWrote() throws IOException {
    SurrogatePackage written = ToyNeuron.source();
    Path version = directory.resolve("1");
    written.write(version);
    SurrogatePackage read = SurrogatePackage.read(version, ToyNeuron.folder());
    assertEquals(written.trees(), read.trees());
    assertEquals(written.predictorNames(), read.predictorNames());
    assertTrue(
        Arrays.equals(
            written.manifest().predictors().get(2).base(),
            read.manifest().predictors().get(2).base()));
    Path again = directory.resolve("2");
    read.write(again);
    for (String name : new String[] {SurrogateManifest.FILE, "E1_v.txt.gz"}) {
      assertEquals(-1, Files.mismatch(version.resolve(name), again.resolve(name)), name);
    }
  }

  @Test
  void refusesThePackageOfAnotherCircuitAndSaysBothHashes() throws IOException {
    ToyNeuron.source().write(directory.resolve("1"));
    CircuitFolder other = new CircuitFolder(directory, ToyNeuron.folder().circuit(), "other");
    String message =
        assertThrows(
                PackageException.class, () -> SurrogatePackage.read(directory.resolve("1"), other))
            .getMessage();
    assertTrue(message.contains("of hash hash (expected: other"), message);
  }

  @Test
  void refusesAPackageWithoutOneOfThePredictors() {
    SurrogatePackage whole = ToyNeuron.source();
    SurrogateManifest m = whole.manifest();
    SurrogateManifest less =
        new SurrogateManifest(
            1,
            "toy",
            "hash",
            m.provenance(),
            m.fits(),
            m.predictors().subList(1, m.predictors().size()),
            m.errors(),
            null);
    String message =
        assertThrows(
                PackageException.class,
                () ->
                    Surrogate.load(
                        ToyNeuron.folder(), new SurrogatePackage("1", less, whole.trees())))
            .getMessage();
    assertTrue(message.contains("expected: [INPUT_spike, "), message);
  }

  @Test
  void takesTheNewestVersionByNumber() throws IOException {
    CircuitFolder folder = new CircuitFolder(directory, ToyNeuron.folder().circuit(), "hash");
    for (String version : new String[] {"2", "10", "9"}) {
      ToyNeuron.source().write(directory.resolve("surrogate").resolve(version));
    }
    Files.createDirectories(directory.resolve("surrogate/11"));
    assertEquals("10", SurrogatePackage.newest(folder).orElseThrow().getFileName().toString());
  }

  @Test
  void namesAPredictorThatIsMissingInTheDescription() {
    String yaml = ToyNeuron.YAML.replace("  - {on: E2, target: energy, features: [x]}\n", "");
    String message =
        assertThrows(
                CircuitException.class, () -> PredictorPlan.of(CircuitReader.parse("toy", yaml)))
            .getMessage();
    assertEquals("predictors: none for E2: energy (expected: one)", message);
  }

  @Test
  void namesATargetThatAMomentDoesNotHave() {
    String yaml = ToyNeuron.YAML.replace("{on: E2, target: energy", "{on: E2, target: latency");
    String message =
        assertThrows(
                CircuitException.class, () -> PredictorPlan.of(CircuitReader.parse("toy", yaml)))
            .getMessage();
    assertEquals("predictors: on E2: target latency (expected: one of [energy, v, u])", message);
  }

  @Test
  void refusesAChainOfStatesThatLookAtEachOthersEnds() {
    String yaml =
        ToyNeuron.YAML.replace(
            "{on: E1, target: v, features: [sum]}", "{on: E1, target: v, features: [u_next]}");
    String message =
        assertThrows(
                CircuitException.class, () -> PredictorPlan.of(CircuitReader.parse("toy", yaml)))
            .getMessage();
    assertEquals(
        "predictors: E1_v: looks at u_next (expected: a state whose own predictor looks at no end)",
        message);
  }

  @Test
  void refusesADecisionThatLooksAtAnEnd() {
    String yaml = ToyNeuron.YAML.replace("features: [margin]}", "features: [v_next]}");
    CircuitFolder folder = new CircuitFolder(directory, CircuitReader.parse("toy", yaml), "hash");
    String message =
        assertThrows(
                RuntimeException.class,
                () -> Surrogate.load(folder, ToyNeuron.source(List.of("v_next"))))
            .getMessage();
    assertTrue(message.contains("looks at [NEXT]"), message);
  }
}
