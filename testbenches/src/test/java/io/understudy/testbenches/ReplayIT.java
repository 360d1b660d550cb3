package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.event.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stimulus files through a session and through ngspice, by the command line. */
class ReplayIT {
  private static final String NEURON = "lif_neuron";
  private static final String ROW = "crossbar_row_g30";
  private static final int USAGE = 2;
  private static final Map<String, Integer> STEPS = new TreeMap<>(Map.of(NEURON, 100, ROW, 30));

  @TempDir private static Path folder;

  @BeforeAll
  static void replaysBothCircuitsByBothBackends() {
    STEPS.forEach(
        (circuit, steps) -> {
          for (String backend : List.of("surrogate", "ngspice")) {
            CommandLineRun run =
                CommandLineRun.succeeding(
                    "replay",
                    ProductHome.models().resolve(circuit),
                    "--stimulus",
                    stimulus(circuit),
                    "--steps",
                    steps.toString(),
                    "--backend",
                    backend,
                    "--out",
                    result(circuit, backend));
            assertTrue(run.out().startsWith("wrote "), run::out);
          }
        });
  }

  private static Path stimulus(String circuit) {
    return ProductHome.path("testbenches", "src", "test", "resources", "replay", circuit + ".csv");
  }

  private static Path result(String circuit, String backend) {
    return folder.resolve(circuit + "." + backend + ".csv");
  }

  private static EventErrors errors(String name) throws IOException {
    Circuit circuit = CircuitReader.read(ProductHome.models().resolve(name)).circuit();
    EventTable golden = EventTable.read(result(name, "ngspice"));
    return EventTable.read(result(name, "surrogate")).errors(circuit, golden);
  }

  @Test
  void writesTheDocumentedColumns() throws IOException {
    for (String backend : List.of("surrogate", "ngspice")) {
      assertEquals(
          "instance,step,event,periods,spike,energy_j,latency_s,v_mem,v_ca,v_o1,v_o2,v_out",
          String.join(",", EventTable.read(result(NEURON, backend)).header()));
      assertEquals(
          "instance,step,event,periods,out,energy_j,latency_s,v_out",
          String.join(",", EventTable.read(result(ROW, backend)).header()));
    }
  }

  @Test
  void saysHowManyEventsTrainingDidNotSeeTheLikeOfAndWhichFirst() throws IOException {
    Path quiet = folder.resolve("quiet.csv");
    Files.writeString(
        quiet, "instance,step,weight,v_sf,v_adap,v_lk,v_rtr\n7,5,0.1,0.6,0.6,0.6,0.6\n");
    CommandLineRun run =
        CommandLineRun.succeeding(
            "replay",
            ProductHome.models().resolve(NEURON),
            "--stimulus",
            quiet,
            "--steps",
            "5000",
            "--out",
            folder.resolve("long.csv"));
    String line = run.out().lines().skip(1).findFirst().orElseThrow();
    assertTrue(
        line.matches("1 events outside the trained range, first instance 7, step 6, E3: .*"), line);
    assertTrue(line.matches(".*periods 4994\\.0 \\(trained: 1\\.0 to .*\\)"), line);
  }

  @Test
  void coversEachInstancesPeriodsUpToTheLastStep() throws IOException {
    for (String circuit : STEPS.keySet()) {
      for (String backend : List.of("surrogate", "ngspice")) {
        EventTable table = EventTable.read(result(circuit, backend));
        table.assertCovers(STEPS.get(circuit));
        assertTrue(table.count(EventKind.E1) > 0 && table.count(EventKind.E3) > 0, circuit);
      }
    }
    // The stimulus calls its rows 3, 4 and 5.
    List<Integer> rows =
        EventTable.read(result(ROW, "surrogate")).events().stream()
            .map(event -> event.run())
            .distinct()
            .toList();
    assertEquals(List.of(3, 4, 5), rows);
  }

  @Test
  void answersANeuronAsNgspiceDoes() throws IOException {
    EventErrors errors = errors(NEURON);
    assertTrue(errors.goldenSpikes() > 80, "golden spikes: " + errors.goldenSpikes());
    assertTrue(errors.spikeF1() >= 0.95, "spike F1: " + errors.spikeF1());
    assertTrue(errors.latencyMape() <= 0.08, "latency: " + errors.latencyMape());
    assertTrue(errors.energyRunMean() <= 0.07, "energy: " + errors.energyRunMean());
  }

  @Test
  void answersARowAsNgspiceDoes() throws IOException {
    EventErrors errors = errors(ROW);
    assertTrue(errors.outputRmse() <= 0.01, "output: " + errors.outputRmse());
    assertTrue(errors.latencyMape() <= 0.08, "latency: " + errors.latencyMape());
    assertTrue(errors.energyRunMean() <= 0.07, "energy: " + errors.energyRunMean());
  }

  @ParameterizedTest
  @ValueSource(strings = {NEURON, ROW})
  void givesTheSameBytesAgain(String circuit) throws IOException {
    Path again = folder.resolve(circuit + ".again.csv");
    CommandLineRun.succeeding(
        "replay",
        ProductHome.models().resolve(circuit),
        "--stimulus",
        stimulus(circuit),
        "--steps",
        STEPS.get(circuit).toString(),
        "--out",
        again);
    assertEquals(-1, Files.mismatch(result(circuit, "surrogate"), again));
  }

  @Test
  void saysWhatNgspiceFindsInTheShadow() throws IOException {
    Path json = folder.resolve("shadow.json");
    Path report = folder.resolve("shadow");
    CommandLineRun run =
        CommandLineRun.succeeding(
            "replay",
            ProductHome.models().resolve(ROW),
            "--stimulus",
            stimulus(ROW),
            "--steps",
            STEPS.get(ROW).toString(),
            "--backend",
            "shadow",
            "--report",
            report,
            "--json",
            json,
            "--out",
            result(ROW, "shadow"));
    assertEquals(-1, Files.mismatch(result(ROW, "surrogate"), result(ROW, "shadow")));
    JsonNode findings = new JsonMapper().readTree(Files.readString(json)).get("shadow");
    // Rows share their inputs in a bank: each of the three has a bank of its own.
    assertEquals(3, findings.size());
    for (int k = 0; k < findings.size(); k++) {
      assertTrue(findings.get(k).get("complete").asBoolean(), findings::toString);
      Path differences = report.resolve("shadow-" + k + ".csv");
      assertTrue(Files.readAllLines(differences).size() > 10, differences.toString());
    }
    assertEquals(
        3,
        run.out()
            .lines()
            .filter(line -> line.startsWith("shadow: " + ROW + ": ngspice followed 1 of 1 "))
            .count(),
        run::out);
  }

  static Stream<Arguments> badStimuli() {
    String known = "[instance, step, weight, v_sf, v_adap, v_lk, v_rtr]";
    return Stream.of(
        Arguments.of(
            "instance,step,wieght\n0,0,1\n", "column wieght: unknown (expected: " + known + ")"),
        Arguments.of("instance,step\n0,0\n", "columns: missing [weight] (expected: " + known),
        Arguments.of(
            "instance,step,weight\n0,0,1\n0,1,NaN\n", ":3: weight: NaN (expected: a finite number"),
        Arguments.of("instance,step,weight\n0,0,x\n", ":2: weight: x (expected: a number)"),
        Arguments.of(
            "instance,step,weight\n0,0,1\n0,1,1\n0,2,2.5\n",
            ":4: weight: 2.5 (expected: -2.0 to 2.0"),
        Arguments.of(
            "instance,step,weight\n0,1,1\n0,1,0.5\n",
            ":3: instance 0, step 1: given twice (expected: one row a period)"),
        Arguments.of(
            "instance,step,weight\n0,-1,1\n", ":2: step: -1 (expected: a whole number from 0)"),
        Arguments.of(
            "instance,step,weight,v_lk\n0,0,1,0.9\n", ":2: v_lk: 0.9 (expected: 0.4 to 0.8"),
        Arguments.of(
            "instance,step,weight,v_lk\n0,0,1,0.5\n0,1,1,0.6\n",
            ":3: v_lk: 0.6 (expected: 0.5 as in line 2"),
        Arguments.of("instance,step,weight,v_lk\n0,0,1\n", ":2: columns: 3 (expected: 4)"),
        Arguments.of("instance,step,weight\n", "rows: none (expected: at least one)"));
  }

  @ParameterizedTest
  @MethodSource("badStimuli")
  void refusesAStimulusThatIsNone(String text, String message) throws IOException {
    assertRefused(ProductHome.models().resolve(NEURON), text, message);
  }

  @Test
  void namesAParameterWithoutDefaultThatTheStimulusLacks() throws IOException {
    Path circuit = folder.resolve(NEURON);
    ProductHome.copy(ProductHome.models().resolve(NEURON), circuit);
    Path description = circuit.resolve("circuit.yaml");
    String text = Files.readString(description);
    assertTrue(text.contains("default: 0.57, "));
    Files.writeString(description, text.replace("default: 0.57, ", ""));
    assertRefused(circuit, "instance,step,weight\n0,0,1\n", "columns: missing [v_lk] (expected: ");
  }

  private static void assertRefused(Path circuit, String text, String message) throws IOException {
    Path file = folder.resolve("bad.csv");
    Path out = folder.resolve("bad.out.csv");
    Files.writeString(file, text);
    CommandLineRun run = CommandLineRun.of("replay", circuit, "--stimulus", file, "--out", out);
    assertEquals(USAGE, run.status(), run::err);
    assertTrue(run.err().startsWith("understudy: " + file), run::err);
    assertTrue(run.err().contains(message), () -> message + "\nnot in: " + run.err());
    assertFalse(Files.exists(out), "no result of a bad stimulus");
  }
}
