package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.event.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A circuit added by data alone: the five steps of docs/adding-a-circuit.md, as a user does them.
 */
class CircuitByDataIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int STEPS = 45;
  private static final double LSB = 1.0 / 255;

  /** A user's folder, in which all commands run. */
  @TempDir private static Path home;

  private static Path circuit;
  private static Path bench;

  @BeforeAll
  static void describesCharacterizesAndTrains() throws IOException {
    circuit = Files.createDirectories(home.resolve("my")).resolve("rc_stage");
    ProductHome.copy(ProductHome.path("docs", "examples", "rc_stage"), circuit);
    bench = home.resolve("tb.sv");
    Files.copy(resource("rtl", "rc_stage_tb.sv"), bench);
    Files.writeString(home.resolve("rc_params.csv"), "instance,r_kohm\n1,0.6\n2,1.9\n");
    Path data = home.resolve("data");
    CommandLineRun characterized =
        CommandLineRun.succeeding("characterize", circuit, "--runs", "20", "--out", data);
    assertTrue(characterized.out().contains("understudy train"), characterized::out);
    CommandLineRun trained = CommandLineRun.succeeding("train", circuit, "--data", data);
    assertTrue(trained.out().startsWith("wrote version 1"), trained::out);
    assertTrue(Files.exists(circuit.resolve("surrogate/1/report.json")));
  }

  private static Path resource(String folder, String file) {
    return ProductHome.path("testbenches", "src", "test", "resources", folder, file);
  }

  @Test
  void answersAStimulusAsNgspiceDoes() throws IOException {
    EventTable golden = replay("ngspice");
    EventTable surrogate = replay("surrogate");
    golden.assertCovers(STEPS);
    surrogate.assertCovers(STEPS);
    EventErrors errors = surrogate.errors(CircuitReader.read(circuit).circuit(), golden);
    assertTrue(surrogate.count(EventKind.E1) > 50, "events: " + surrogate.count(EventKind.E1));
    assertTrue(errors.outputRmse() < 0.01, "output: " + errors.outputRmse());
    assertTrue(errors.energyRunMean() < 0.05, "energy: " + errors.energyRunMean());
    assertTrue(errors.latencyMape() < 0.05, "latency: " + errors.latencyMape());
  }

  private static EventTable replay(String backend) throws IOException {
    Path out = home.resolve(backend + ".csv");
    CommandLineRun.succeeding(
        "replay",
        circuit,
        "--stimulus",
        resource("replay", "rc_stage.csv"),
        "--steps",
        String.valueOf(STEPS),
        "--backend",
        backend,
        "--out",
        out);
    return EventTable.read(out);
  }

  @Test
  void runsInBothSimulatorsByTheCommandsThatWrapPrints() throws IOException {
    CommandLineRun wrapped =
        CommandLineRun.succeeding("wrap", circuit, "--out", home.resolve("wrappers"));
    ProductHome.shims();
    List<String> commands = wrapped.out().lines().skip(1).toList();
    assertEquals(4, commands.size(), wrapped::out);
    build("Icarus:", commands.get(0));
    List<String> icarus = run("icarus", commands.get(1));
    build("Verilator:", commands.get(2));
    List<String> verilator = run("verilator", commands.get(3));
    assertEquals(icarus, verilator);
    assertEquals(
        -1,
        Files.mismatch(
            home.resolve("icarus/tb.u_bank.events.csv"),
            home.resolve("verilator/tb.u_bank.events.csv")));
    assertAnalogValuesBecameCodes(icarus);
  }

  private static void build(String simulator, String line) {
    assertTrue(line.startsWith(simulator), line);
    shell(
        line.substring(simulator.length()).strip().replace("TOP", "tb").replace("RTL...", "tb.sv"));
  }

  private static Execution shell(String command) {
    Execution execution = Execution.of(home, Map.of(), LIMIT, "sh", "-c", command);
    assertEquals(0, execution.status(), () -> command + "\n" + execution.output());
    return execution;
  }

  /** Runs a printed line with a report more; the codes that the testbench prints. */
  private static List<String> run(String name, String line) {
    String arguments = line.strip().replace("TOP", "tb");
    assertTrue(arguments.startsWith("./understudy run "), line);
    arguments = arguments.replace("./understudy run ", "run --report " + name + " ");
    String[] words = arguments.split(" ");
    Execution run = Execution.of(home, Map.of(), LIMIT, UnderstudyCommand.of(words));
    assertEquals(0, run.status(), run::output);
    assertTrue(run.output().contains("understudy: summary"), run::output);
    return run.output().lines().filter(text -> text.startsWith("codes ")).toList();
  }

  /** What the testbench sees at an edge is the output at the end of the period before it. */
  private static void assertAnalogValuesBecameCodes(List<String> lines) throws IOException {
    EventTable events = EventTable.read(home.resolve("icarus/tb.u_bank.events.csv"));
    int compared = 0;
    for (var event : events.events()) {
      int step = (int) (event.step() + event.periods());
      if (event.kind() == EventKind.E1 && step < lines.size()) {
        String[] words = lines.get(step).split(" ");
        int codes = Integer.parseInt(words[2], 16);
        int code = codes >> (8 * event.run()) & 0xff;
        assertEquals(Math.rint(event.output() / LSB), code, () -> step + ": " + event);
        compared++;
      }
    }
    assertTrue(compared > 40, "events compared: " + compared);
  }
}
