package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.understudy.cli.demo.DemoSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shipped system in both simulators, answered by each backend; and a damaged surrogate. */
class GoldenBackendsIT {
  private static final int VERDICT = 1;
  private static final List<String> BACKENDS = List.of("surrogate", "ngspice", "shadow");

  @TempDir private static Path folder;
  private static DemoSystem system;
  private static final Map<String, CommandLineRun> RUNS = new HashMap<>();

  @BeforeAll
  static void runsWithEachBackendInBothSimulators() throws IOException {
    system = ProductHome.system();
    for (DemoSystem.Kind kind : DemoSystem.Kind.values()) {
      system.build(kind);
      for (String backend : BACKENDS) {
        RUNS.put(name(kind, backend), run(kind, backend));
      }
    }
  }

  private static String name(DemoSystem.Kind kind, String backend) {
    return kind + "." + backend;
  }

  private static Path output(DemoSystem.Kind kind, String backend) {
    return folder.resolve(name(kind, backend));
  }

  private static CommandLineRun run(DemoSystem.Kind kind, String backend) throws IOException {
    Path output = Files.createDirectories(output(kind, backend));
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--backend",
                backend,
                "--shadow-sample",
                "0.1",
                "--report",
                output,
                "--json",
                output.resolve("summary.json"),
                "--"));
    arguments.addAll(system.command(kind, output));
    arguments.add("+golden=" + ProductHome.path("testbenches", "crossbar_neuron", "golden"));
    return CommandLineRun.of(arguments.toArray());
  }

  private static JsonNode summary(DemoSystem.Kind kind, String backend) throws IOException {
    Path file = output(kind, backend).resolve("summary.json");
    return new JsonMapper().readTree(Files.readString(file));
  }

  private static Path trace(DemoSystem.Kind kind, String backend) {
    return output(kind, backend).resolve("trace.txt");
  }

  @Test
  void passesTheTestbenchWithEachBackend() {
    RUNS.forEach((name, run) -> assertEquals(0, run.status(), () -> name + ": " + run.err()));
    assertEquals(BACKENDS.size() * DemoSystem.Kind.values().length, RUNS.size());
  }

  @ParameterizedTest
  @EnumSource(DemoSystem.Kind.class)
  void answersAsTheGoldenFilesWhenNgspiceAnswers(DemoSystem.Kind kind) throws IOException {
    JsonNode banks = summary(kind, "ngspice").get("banks");
    assertEquals(2, banks.size());
    for (JsonNode bank : banks) {
      JsonNode same = null;
      for (JsonNode other : summary(kind, "surrogate").get("banks")) {
        same = other.get("path").equals(bank.get("path")) ? other : same;
      }
      double energyJ = bank.get("energy_j").asDouble();
      assertEquals(energyJ, same.get("energy_j").asDouble(), 0.1 * energyJ);
    }
  }

  @Test
  void answersBothSimulatorsAlikeWhenNgspiceAnswers() throws IOException {
    assertEquals(
        -1,
        Files.mismatch(
            trace(DemoSystem.Kind.ICARUS, "ngspice"), trace(DemoSystem.Kind.VERILATOR, "ngspice")));
    assertEquals(
        summary(DemoSystem.Kind.ICARUS, "ngspice"), summary(DemoSystem.Kind.VERILATOR, "ngspice"));
  }

  @ParameterizedTest
  @EnumSource(DemoSystem.Kind.class)
  void answersInTheShadowAsTheSurrogateAloneAndSaysWhatDiffers(DemoSystem.Kind kind)
      throws IOException {
    assertEquals(-1, Files.mismatch(trace(kind, "surrogate"), trace(kind, "shadow")));
    JsonNode findings = summary(kind, "shadow").get("shadow");
    assertEquals(2, findings.size());
    for (JsonNode finding : findings) {
      assertTrue(finding.get("complete").asBoolean(), finding::toString);
      assertEquals(1, finding.get("followed").size());
      assertTrue(finding.get("errors").get("energy_total").get("value").asDouble() < 0.2);
      assertEquals(3, finding.get("worst").size());
    }
    assertTrue(Files.readAllLines(output(kind, "shadow").resolve("shadow-0.csv")).size() > 100);
  }

  @Test
  void findsADamagedSurrogate() throws IOException {
    Path circuit = folder.resolve("models").resolve("crossbar_row_g30");
    Files.createDirectories(circuit.getParent());
    ProductHome.copy(ProductHome.models().resolve("crossbar_row_g30"), circuit);
    DamagedSurrogate.in(circuit.resolve("surrogate").resolve("1"));
    Path json = folder.resolve("damaged.json");
    CommandLineRun run =
        CommandLineRun.of(
            "compare",
            circuit,
            "--runs",
            "2",
            "--json",
            json,
            "--report",
            folder.resolve("damaged"));
    assertEquals(VERDICT, run.status(), () -> run.out() + run.err());
    assertTrue(run.out().contains("OUT OF TOLERANCE"), run::out);
    JsonNode verdict = new JsonMapper().readTree(Files.readString(json));
    assertTrue(!verdict.get("passed").asBoolean());
    JsonNode energy = verdict.get("quantities").get("energy_total");
    assertTrue(energy.get("value").asDouble() > energy.get("limit").asDouble());
    assertTrue(
        Files.readString(folder.resolve("damaged").resolve("junit.xml"))
            .contains("<failure message=\"energy_total: "));
  }
}
