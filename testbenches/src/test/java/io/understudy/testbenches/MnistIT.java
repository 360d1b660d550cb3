package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.cli.simulate.MakeTarget;
import io.understudy.cli.simulate.PrivateServer;
import io.understudy.cli.wrap.WrapCommand;
import io.understudy.mnist.crossbar.CrossbarBanks;
import io.understudy.mnist.crossbar.CrossbarFiles;
import io.understudy.mnist.crossbar.CrossbarVariant;
import io.understudy.mnist.spiking.SpikingBanks;
import io.understudy.mnist.spiking.SpikingFiles;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The MNIST systems' RTL in a simulator does what their networks do without one. */
class MnistIT {
  private static final int PIXELS = 784;
  private static final int INK_PIXELS = 400;

  @TempDir Path work;

  @Test
  void crossbarRtlGivesTheSumsOfTheSurrogatesRows() throws IOException {
    Path data = ProductHome.path("testbenches", "mnist-crossbar", "data");
    CrossbarBanks banks =
        new CrossbarBanks(
            CrossbarFiles.readWeights(data.resolve("ideal")),
            CrossbarVariant.IDEAL,
            name -> models().get(name).surrogate());
    List<String> images = Files.readAllLines(data.resolve("images.hex"));
    List<String[]> results =
        run(
            "mnist-crossbar",
            3,
            List.of("crossbar_row_g30", "crossbar_row_g10", "crossbar_row_opamp"));
    for (int i = 0; i < 3; i++) {
      int[] nibbles = nibbles(images.get(i));
      boolean[] ink = new boolean[INK_PIXELS];
      for (int k = 0; k < ink.length; k++) {
        ink[k] = (nibbles[k / 4] >> k % 4 & 1) != 0;
      }
      int digit = banks.classify(ink);
      assertResult(results.get(i), digit, banks.scores(), 12);
    }
  }

  @Test
  void spikingRtlGivesTheCountsOfTheSurrogatesNeurons() throws IOException {
    Path data = ProductHome.path("testbenches", "mnist-spiking", "data");
    SpikingBanks banks =
        new SpikingBanks(SpikingFiles.readWeights(data), models().get("lif_neuron").surrogate(), 1);
    List<String[]> results = run("mnist-spiking", 1, List.of("lif_neuron"));
    int[] levels = nibbles(Files.readAllLines(data.resolve("images.hex")).get(0));
    assertEquals(PIXELS, levels.length);
    int[] counts = banks.run(levels);
    int digit = 0;
    for (int d = 1; d < counts.length; d++) {
      digit = counts[d] > counts[digit] ? d : digit;
    }
    assertResult(results.get(0), digit, counts, 8);
  }

  private static ModelRegistry models() {
    return ModelRegistry.load(ProductHome.models());
  }

  /** The hexadecimal digits of an image's pixels, the lowest first. */
  private static int[] nibbles(String line) {
    String hex = line.substring(2);
    int[] nibbles = new int[hex.length()];
    for (int k = 0; k < nibbles.length; k++) {
      nibbles[k] = Character.digit(hex.charAt(hex.length() - 1 - k), 16);
    }
    return nibbles;
  }

  private static void assertResult(String[] result, int digit, int[] scores, int bits) {
    BigInteger packed = BigInteger.ZERO;
    for (int d = scores.length - 1; d >= 0; d--) {
      packed = packed.shiftLeft(bits).or(BigInteger.valueOf(scores[d] & (1 << bits) - 1));
    }
    assertEquals(packed, new BigInteger(result[6], 16), String.join(" ", result));
    assertEquals(digit, Integer.parseInt(result[3]));
  }

  /** Runs a system in Icarus against a server; the testbench's lines of each image, in words. */
  private List<String[]> run(String system, int images, List<String> circuits) throws IOException {
    Path shims = ProductHome.shims();
    Path wrappers = work.resolve("wrappers");
    for (String circuit : circuits) {
      WrapCommand.write(
          CircuitReader.read(ProductHome.models().resolve(circuit)).circuit(), wrappers, false);
    }
    MakeTarget.build(
        ProductHome.path("testbenches", system),
        "icarus",
        List.of("OUT=" + work, "WRAPPERS=" + wrappers, "SHIM=" + shims),
        work.resolve("build.log"));
    List<String> command = new ArrayList<>();
    command.addAll(List.of("vvp", "-n", "-M", shims.toString(), "-m", "understudy"));
    command.add(work.resolve("icarus").resolve("tb.vvp").toString());
    command.add("+images=" + images);
    try (PrivateServer server = PrivateServer.start(ProductHome.models(), SessionListener.NONE)) {
      SimulatorRun run = SimulatorRun.of(command, server.address().toString(), work);
      assertEquals(0, run.status(), run.output());
      assertNotNull(run.summary());
      assertTrue(run.output().contains("TB PASS"), run.output());
      return run.output()
          .lines()
          .filter(line -> line.startsWith("IMAGE "))
          .map(line -> line.split(" "))
          .toList();
    }
  }
}
