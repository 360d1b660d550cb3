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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped system, answered by each backend, played from a record, and judged by ngspice. */
class GoldenBackendsIT {
  private static final int VERDICT = 1;

  @TempDir private static Path folder;
  private static Path golden;
  private static CommandLineRun bySurrogate;
  private static CommandLineRun byNgspice;
  private static CommandLineRun byShadow;

  @BeforeAll
  static void buildsOnceAndRunsWithEachBackend() throws IOException {
    new DemoSystem(folder).build(DemoSystem.Kind.ICARUS);
    ProductHome.shims();
    golden = ProductHome.path("testbenches", "crossbar_neuron", "golden");
    bySurrogate = run("surrogate", "--record", record().toString());
    byNgspice = run("ngspice");
    byShadow = run("shadow", "--shadow-sample", "0.1", "--report", folder.resolve("r").toString());
  }

  private static Path record() {
    return folder.resolve("run.rec");
  }

  private static Path file(String backend, String what) {
    return folder.resolve(backend + "." + what);
  }

  private static List<String> simulation(String backend) {
    return List.of(
        "vvp",
        "-n",
        "-M",
        ProductHome.path("hdl-shims", "build").toString(),
        "-m",
        "understudy",
        folder.resolve("icarus").resolve("tb.vvp").toString(),
        "+trace=" + file(backend, "txt"),
        "+golden=" + golden);
  }

  private static CommandLineRun run(String backend, String... options) {
    List<Object> arguments = new ArrayList<>(List.of("run", "--backend", backend));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--json", file(backend, "json").toString(), "--"));
    arguments.addAll(simulation(backend));
    return CommandLineRun.of(arguments.toArray());
  }

  private static JsonNode summary(String backend) throws IOException {
    return new JsonMapper().readTree(Files.readString(file(backend, "json")));
  }

  @Test
  void passesTheTestbenchWithEachBackend() {
    for (CommandLineRun run : List.of(bySurrogate, byNgspice, byShadow)) {
      assertEquals(0, run.status(), run::err);
    }
  }

  @Test
  void answersAsTheGoldenFilesWhenNgspiceAnswers() throws IOException {
    JsonNode banks = summary("ngspice").get("banks");
    assertEquals(2, banks.size());
    for (JsonNode bank : banks) {
      JsonNode same = null;
      for (JsonNode other : summary("surrogate").get("banks")) {
        same = other.get("path").equals(bank.get("path")) ? other : same;
      }
      double energyJ = bank.get("energy_j").asDouble();
      assertEquals(energyJ, same.get("energy_j").asDouble(), 0.1 * energyJ);
    }
  }

  @Test
  void answersInTheShadowAsTheSurrogateAloneAndSaysWhatDiffers() throws IOException {
    assertEquals(-1, Files.mismatch(file("surrogate", "txt"), file("shadow", "txt")));
    JsonNode findings = summary("shadow").get("shadow");
    assertEquals(2, findings.size());
    for (JsonNode finding : findings) {
      assertTrue(finding.get("complete").asBoolean(), finding::toString);
      assertEquals(1, finding.get("followed").size());
      assertTrue(finding.get("errors").get("energy_total").get("value").asDouble() < 0.2);
      assertEquals(3, finding.get("worst").size());
    }
    assertTrue(Files.readAllLines(folder.resolve("r").resolve("shadow-0.csv")).size() > 100);
  }

  @Test
  void playsARecordWithoutAServerToTheSameBytes() throws IOException {
    SimulatorRun again = SimulatorRun.of(simulation("again"), "record:" + record(), folder);
    assertEquals(0, again.status(), again::output);
    assertEquals(-1, Files.mismatch(file("surrogate", "txt"), file("again", "txt")));
  }

  @Test
  void endsASimulationThatIsNotTheRecordedOne() throws IOException {
    Path half = folder.resolve("cut.rec");
    byte[] whole = Files.readAllBytes(record());
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));
    SimulatorRun cut =
        SimulatorRun.of(
            simulation("cut"), "record:" + half, folder, Map.of("UNDERSTUDY_DEADLINE_S", "0"));
    assertEquals(3, cut.status(), cut::output);
    assertTrue(cut.output().contains("cut.rec: ends here (expected: "), cut::output);
  }

  @Test
  void judgesARecordAgainstNgspice() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "compare",
            "--record",
            record(),
            "--instances",
            "1",
            "--tolerance",
            "spike_f1=0.8",
            "--report",
            folder.resolve("judged"));
    assertEquals(0, run.status(), () -> run.out() + run.err());
    String junit = Files.readString(folder.resolve("judged").resolve("junit.xml"));
    assertTrue(
        junit.contains("<testcase classname=\"understudy.tb.dut.u_neurons\" name=\"spike_f1\">"));
    assertTrue(
        Files.readString(folder.resolve("judged").resolve("compare.html"))
            .contains("data:image/png"));
  }

  @Test
  void findsADamagedSurrogate() throws IOException {
    Path circuit = folder.resolve("models").resolve("crossbar_row_g30");
    Files.createDirectories(circuit.getParent());
    ProductHome.copy(ProductHome.models().resolve("crossbar_row_g30"), circuit);
    Path manifest = circuit.resolve("surrogate").resolve("1").resolve("surrogate.json");
    String text = Files.readString(manifest);
    // The last predictor's predictions, the energies of idle stretches, come out half as large
    // again.
    int at = text.lastIndexOf("\"scale\" : ") + "\"scale\" : ".length();
    int end = text.indexOf(',', at);
    double scale = 1.5 * Double.parseDouble(text.substring(at, end));
    Files.writeString(manifest, text.substring(0, at) + scale + text.substring(end));
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
