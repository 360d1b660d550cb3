package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.understudy.cli.demo.DemoSystem;
import io.understudy.cli.wrap.WrapCommand;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A record of three simulations, one after the other: the shipped system with its two banks, then
 * two neurons for 20 periods, then the same for 30. Played without a server, replayed to fresh
 * servers, and judged by ngspice.
 */
class RecordIT {
  private static final int VERDICT = 1;
  private static final int USAGE = 2;
  private static final int NOT_COMPLETED = 3;
  private static final List<String> CIRCUITS = List.of("crossbar_row_g30", "lif_neuron");
  private static final String SYSTEM = "system";
  private static final int SHORT = 20;
  private static final int LONG = 30;
  private static final String TOKEN = "a token of the environment";

  /** Nothing is looked for again. */
  private static final Map<String, String> AT_ONCE = Map.of("UNDERSTUDY_DEADLINE_S", "0");

  @TempDir private static Path folder;
  private static Path shims;
  private static DemoSystem system;

  @BeforeAll
  static void recordsThreeSimulations() throws IOException {
    shims = ProductHome.shims();
    system = ProductHome.system();
    system.build(DemoSystem.Kind.ICARUS);
    Path wrapper =
        WrapCommand.write(
            CircuitReader.read(ProductHome.models().resolve("lif_neuron")).circuit(), folder);
    Path testbench =
        ProductHome.path("testbenches", "src", "test", "resources", "rtl", "two_neurons_tb.sv");
    SimulatorKind.ICARUS.buildIn(folder, List.of(testbench.toString(), wrapper.toString()));
    Files.writeString(folder.resolve("params.csv"), "instance,v_lk\n1,0.6\n");
    copyModels(models());
    String simulations =
        String.join(
            " && ",
            "cd " + folder,
            "UNDERSTUDY_TOKEN='" + TOKEN + "' " + String.join(" ", system("then")),
            String.join(" ", neurons(SHORT)),
            String.join(" ", neurons(LONG)));
    CommandLineRun.succeeding(
        "run", "--models", models(), "--record", record(), "--", "sh", "-c", simulations);
  }

  private static Path models() {
    return folder.resolve("models");
  }

  private static void copyModels(Path to) throws IOException {
    Files.createDirectories(to);
    for (String circuit : CIRCUITS) {
      ProductHome.copy(ProductHome.models().resolve(circuit), to.resolve(circuit));
    }
  }

  private static Path record() {
    return folder.resolve("run.rec");
  }

  private static Path trace(String when) {
    return folder.resolve(when).resolve("trace.txt");
  }

  private static List<String> system(String when) throws IOException {
    return system.command(DemoSystem.Kind.ICARUS, Files.createDirectories(folder.resolve(when)));
  }

  private static List<String> neurons(int cycles) {
    List<String> command = new ArrayList<>(SimulatorKind.ICARUS.start(shims, folder));
    command.add("+cycles=" + cycles);
    return command;
  }

  private static CommandLineRun replay(Path record, Path models, String... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("replay", "--record", record, "--models", models));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray());
  }

  private static SimulatorRun play(List<String> command, String record) throws IOException {
    return SimulatorRun.of(command, "record:" + record, folder, AT_ONCE);
  }

  @Test
  void playsASystemOfTwoBanksWithoutAServerToTheSameBytes() throws IOException {
    SimulatorRun again = play(system("again"), record().toString());
    assertEquals(0, again.status(), again::output);
    assertEquals(-1, Files.mismatch(trace("then"), trace("again")));
  }

  @ParameterizedTest
  @ValueSource(ints = {SHORT, LONG})
  void findsTheSessionThatFitsTheSimulation(int cycles) throws IOException {
    SimulatorRun again = play(neurons(cycles), record().toString());
    assertEquals(0, again.status(), again::output);
    JsonNode bank = new JsonMapper().readTree(again.summary()).get("banks").get(0);
    // An edge at the start, too.
    assertEquals(2 * (cycles + 1), bank.get("crossings").asInt());
  }

  /** A record is passed on; each other test shows that it plays without the token. */
  @Test
  void keepsTheAccessTokenToItself() throws IOException {
    RecordBytes bytes = RecordBytes.read(record());
    assertTrue(bytes.contain("vpi/icarus"));
    assertFalse(bytes.contain(TOKEN));
  }

  @Test
  void playsTheOneSessionThatItIsGiven() throws IOException {
    SimulatorRun third = play(neurons(LONG), record() + "#3");
    assertEquals(0, third.status(), third::output);
    SimulatorRun second = play(neurons(LONG), record() + "#2");
    assertEquals(NOT_COMPLETED, second.status(), second::output);
    assertTrue(second.output().contains("run.rec#2: frame of type 5 at "), second::output);
    assertTrue(
        second.output().contains("not what was sent then (expected: type 7 "), second::output);
    SimulatorRun fourth = play(neurons(LONG), record() + "#4");
    assertEquals(NOT_COMPLETED, fourth.status(), fourth::output);
    assertTrue(fourth.output().contains("run.rec#4: session 4 (expected: 1 to 3)"), fourth::output);
    SimulatorRun none = play(neurons(LONG), record() + "#x");
    assertEquals(NOT_COMPLETED, none.status(), none::output);
    assertTrue(none.output().contains("session x (expected: a number from 1)"), none::output);
  }

  @Test
  void endsASimulationThatNoSessionFits() throws IOException {
    SimulatorRun longer = play(neurons(LONG + 1), record().toString());
    assertEquals(NOT_COMPLETED, longer.status(), longer::output);
    assertTrue(longer.output().contains("not what was sent then"), longer::output);
    assertTrue(longer.output().contains("none of the record's 3 sessions has it"), longer::output);
  }

  @Test
  void endsASimulationWhoseRecordIsCut() throws IOException {
    Path cut = folder.resolve("cut.rec");
    byte[] whole = Files.readAllBytes(record());
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    SimulatorRun run = play(system("cut"), cut.toString());
    assertEquals(NOT_COMPLETED, run.status(), run::output);
    assertTrue(run.output().contains("cut.rec: ends here (expected: "), run::output);
    CommandLineRun replay = replay(cut, models());
    assertEquals(USAGE, replay.status(), replay::out);
    assertTrue(
        replay.err().contains("cut.rec: cut or damaged (expected: a whole record)"), replay::err);
  }

  @Test
  void replaysEachSessionToAServerOfItsOwnWithTheSameBits() throws IOException {
    Path json = folder.resolve("replay.json");
    CommandLineRun run = replay(record(), models(), "--json", json.toString());
    assertEquals(0, run.status(), () -> run.out() + run.err());
    assertTrue(run.out().endsWith("identical\n"), run::out);
    JsonNode result = new JsonMapper().readTree(Files.readString(json));
    assertTrue(result.get("identical").asBoolean());
    assertEquals(3, result.get("sessions").size());
    assertEquals(2, result.get("sessions").get(0).get("banks").asInt());
    assertTrue(result.get("sessions").get(2).get("answers").asInt() > LONG);
  }

  @Test
  void namesTheFirstBitOfARecordThatIsNotWhatTheServerSays() throws IOException {
    RecordBytes bytes = RecordBytes.read(record());
    RecordBytes.Output spike = bytes.firstSpike(3);
    bytes.addLastBit(spike.at());
    Path damaged = folder.resolve("damaged.rec");
    bytes.write(damaged);
    CommandLineRun run = replay(damaged, models());
    assertEquals(VERDICT, run.status(), () -> run.out() + run.err());
    List<String> lines = run.out().lines().toList();
    assertTrue(lines.get(0).endsWith("answers, all as recorded"), run::out);
    assertTrue(lines.get(1).endsWith("answers, all as recorded"), run::out);
    assertTrue(lines.get(2).endsWith("answers, 1 differing"), run::out);
    String where =
        String.format(Locale.ROOT, "instance %d, %.6f ns", spike.instance(), spike.timeFs() * 1e-6);
    assertEquals(
        "  first difference: tb.u_bank, "
            + where
            + ": output: 1.0000000000000002 recorded, 1.0 now",
        lines.get(3));
    assertEquals("DIFFERENT", lines.get(4));
  }

  @Test
  void namesAModelThatIsNotTheRecordedOne() throws IOException {
    Path others = folder.resolve("others");
    copyModels(others);
    Path versions = others.resolve("lif_neuron").resolve("surrogate");
    Files.move(versions.resolve("1"), versions.resolve("2"));
    DamagedSurrogate.in(versions.resolve("2"));
    CommandLineRun run = replay(record(), others);
    assertEquals(VERDICT, run.status(), () -> run.out() + run.err());
    assertTrue(
        run.out()
            .contains(
                "  another model: tb.dut.u_neurons, lif_neuron: surrogate 1 recorded, 2 now\n"),
        run::out);
    assertTrue(
        run.out().contains("  first difference: tb.u_bank, 0.000000 ns: model: identity "),
        run::out);
    assertFalse(run.out().contains("another model: tb.dut.u_tile"), run::out);
  }

  @Test
  void judgesEachSessionOfARecordAgainstNgspice() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "compare",
            "--record",
            record(),
            "--models",
            models(),
            "--instances",
            "1",
            "--tolerance",
            "spike_f1=0.8",
            "--tolerance",
            "latency_mape=0.5",
            "--report",
            folder.resolve("judged"));
    assertEquals(0, run.status(), () -> run.out() + run.err());
    String junit = Files.readString(folder.resolve("judged").resolve("junit.xml"));
    String page = Files.readString(folder.resolve("judged").resolve("compare.html"));
    for (String bank :
        List.of(
            "session1.tb.dut.u_neurons",
            "session1.tb.dut.u_tile",
            "session2.tb.u_bank",
            "session3.tb.u_bank")) {
      assertTrue(junit.contains("<testsuite name=\"understudy." + bank + "\""), bank);
      assertTrue(page.contains(bank), bank);
    }
    assertTrue(page.contains("data:image/png"));
  }
}
