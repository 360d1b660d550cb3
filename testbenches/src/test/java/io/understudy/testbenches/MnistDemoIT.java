package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.understudy.cli.mnist.SystemGlance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code demo mnist-crossbar} and {@code mnist-spiking}, in Icarus. */
class MnistDemoIT {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @TempDir private Path folder;

  /** Runs it from the product's folder, as the launcher's users do. */
  private JsonNode demo(String... arguments) throws IOException {
    Path json = folder.resolve("demo.json");
    List<String> words = new ArrayList<>(List.of("demo"));
    words.addAll(List.of(arguments));
    words.addAll(List.of("--sim", "icarus", "--json", json.toString()));
    ProductHome.shims();
    Execution run =
        Execution.of(
            ProductHome.path(""),
            Map.of(),
            LIMIT,
            UnderstudyCommand.of(words.toArray(String[]::new)));
    assertEquals(0, run.status(), run::output);
    return JsonMapper.builder().build().readTree(json.toFile());
  }

  @ParameterizedTest
  @CsvSource({
    "mnist-spiking, ideal, 3",
    "mnist-crossbar, ideal, 20",
    "mnist-crossbar, opamp, 20",
  })
  void waveformShowsEnergiesAndDelaysOfEachBank(String system, String rows, int banks)
      throws IOException {
    JsonNode report =
        system.equals("mnist-crossbar")
            ? demo(system, "--rows", rows, "--images", "1", "--sample", "0", "--no-rnm", "--vcd")
            : demo(system, "--images", "1", "--sample", "0", "--no-rnm", "--vcd");
    double inputsJ = 0;
    double idleJ = 0;
    for (JsonNode layer : report.get("layers")) {
      inputsJ += layer.get("e1_j").asDouble() + layer.get("e2_j").asDouble();
      idleJ += layer.get("e3_j").asDouble();
    }
    VcdReader vcd = VcdReader.read(ProductHome.path(report.get("waveform").asText()));
    double shownJ = 0;
    int seen = 0;
    for (String path : vcd.reals()) {
      if (path.endsWith(".energy_j")) {
        seen++;
        shownJ += last(vcd, path);
        String bank = path.substring(0, path.length() - ".energy_j".length());
        assertStepsAddUp(vcd, bank);
        double delayS = last(vcd, bank + ".latency_s");
        assertTrue(delayS > 0 && delayS < 5e-9, () -> bank + ": " + delayS);
      }
    }
    assertEquals(banks, seen);
    // Inputs are counted when they come, idle stretches when they end: the last ones never do.
    assertTrue(shownJ >= inputsJ * (1 - 1e-9), shownJ + " of " + inputsJ);
    assertTrue(shownJ < inputsJ + idleJ, shownJ + " of " + (inputsJ + idleJ));
  }

  /** Whenever a step's energy is shown, the bank's has grown by it. */
  private static void assertStepsAddUp(VcdReader vcd, String bank) {
    Map<Long, Double> steps = new HashMap<>();
    vcd.changes(bank + ".step_energy_j")
        .forEach(change -> steps.put(change.time(), Double.parseDouble(change.value())));
    int seen = 0;
    double before = 0;
    for (VcdReader.Change change : vcd.changes(bank + ".energy_j")) {
      double now = Double.parseDouble(change.value());
      Double step = steps.get(change.time());
      if (step != null && step > 0) {
        assertEquals(now - before, step, 1e-9 * now, bank + " at " + change.time());
        seen++;
      }
      before = now;
    }
    assertTrue(seen > 0, bank);
  }

  private static double last(VcdReader vcd, String path) {
    List<VcdReader.Change> changes = vcd.changes(path);
    return Double.parseDouble(changes.get(changes.size() - 1).value());
  }

  @Test
  void speedIsThatOfRunningNotOfStarting() throws IOException {
    JsonNode report = demo("mnist-crossbar", "--images", "2", "--sample", "0");
    JsonNode speed = report.get("speed");
    double wallS = speed.get("wall_s_per_image").asDouble();
    double steadyS = speed.get("steady_s_per_image").asDouble();
    double modelsS = report.get("behavioural").get("steady_s_per_image").asDouble();
    // The second image alone: half of the run, but for the start and the first image's slowness.
    assertTrue(steadyS > 0 && steadyS < wallS, speed::toString);
    assertEquals(steadyS / modelsS, speed.get("rnm_ratio").asDouble(), 1e-9);
    assertTrue(report.get("golden").isNull() && speed.get("ratio").isNull(), report::toString);
  }

  @Test
  void goldenSampleTellsErrorsByKindAndTime() throws IOException {
    JsonNode report =
        demo("mnist-crossbar", "--images", "1", "--sample", "1", "--no-rnm", "--seed", "2");
    assertTrue(report.get("behavioural").isNull(), report::toString);
    JsonNode golden = report.get("golden");
    assertEquals(17 + 30, golden.get("instances").asInt());
    assertEquals(1.0, golden.get("agreement").asDouble());
    assertTrue(golden.get("energy_mape").get("E1").asDouble() < 0.01, golden::toString);
    assertTrue(golden.get("energy_error").asDouble() < 0.01, golden::toString);
    assertTrue(golden.get("latency_error").asDouble() < 0.03, golden::toString);
    assertTrue(golden.get("latency_mape").asDouble() < 0.03, golden::toString);
    JsonNode speed = report.get("speed");
    assertEquals(20, speed.get("ngspice_timed").asInt());
    assertEquals(
        speed.get("ratio").asDouble(),
        speed.get("ngspice_cpu_s_per_image").asDouble() / speed.get("wall_s_per_image").asDouble(),
        1e-6);
    assertTrue(speed.get("rnm_ratio").isNull(), speed::toString);
  }

  /** With ngspice's answers fed back, the systems do as with the surrogates'. */
  @ParameterizedTest
  @CsvSource({"mnist-spiking, 0.2", "mnist-crossbar, 0.01"})
  void smallSystemRunsInLockStepWithNgspice(String system, double tolerance) throws IOException {
    JsonNode report = demo(system, "--backend", "ngspice");
    assertEquals(3, report.get("layers").size());
    for (JsonNode layer : report.get("layers")) {
      long predicted = layer.get("surrogate").get("outputs").asLong();
      long golden = layer.get("ngspice").get("outputs").asLong();
      assertTrue(golden > 0, layer::toString);
      assertEquals(golden, predicted, tolerance * golden, layer::toString);
      assertEquals(
          layer.get("ngspice").get("mean_latency_s").asDouble(),
          layer.get("surrogate").get("mean_latency_s").asDouble(),
          Math.max(0.1, tolerance) * layer.get("ngspice").get("mean_latency_s").asDouble(),
          layer::toString);
      // Never to the last bit: it was ngspice that answered.
      assertNotEquals(
          layer.get("ngspice").get("energy_j").asDouble(),
          layer.get("surrogate").get("energy_j").asDouble(),
          layer::toString);
    }
  }

  /** What the plain demo shows of them. */
  @Test
  void bothSystemsAtAGlance() throws IOException {
    ProductHome.shims();
    List<SystemGlance> systems = SystemGlance.ofBoth();
    assertEquals(
        List.of("mnist-crossbar-ideal 1926 macros, 196 ns", "mnist-spiking 922 macros, 630 ns"),
        systems.stream()
            .map(
                system ->
                    "%s %d macros, %.0f ns"
                        .formatted(system.system(), system.instances(), system.latencyS() * 1e9))
            .toList());
    for (SystemGlance system : systems) {
      assertEquals(2, system.images());
      assertEquals("7 2", system.digits());
      assertTrue(system.energyJPerImage() > 1e-10 && system.wallSPerImage() > 0, system::toString);
    }
  }

  @Test
  void refusesOptionsThatContradictEachOther() {
    for (String[] wrong :
        List.of(
            new String[] {"--golden-all", "--sample", "3"},
            new String[] {"--backend", "shadow"},
            new String[] {"--images", "0"},
            new String[] {"--sample", "-1"},
            new String[] {"--golden-images", "0"})) {
      CommandLineRun run =
          wrong.length == 3
              ? CommandLineRun.of("demo", "mnist-spiking", wrong[0], wrong[1], wrong[2])
              : CommandLineRun.of("demo", "mnist-spiking", wrong[0], wrong[1]);
      assertEquals(2, run.status(), run.err());
      assertTrue(
          run.err().contains(wrong[0] + " ") || run.err().contains(wrong[0] + ":"), run.err());
      assertTrue(run.err().contains("expected: "), run.err());
    }
  }
}
