package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.understudy.cli.demo.DemoSystem;
import io.understudy.cli.record.BankRecorder;
import io.understudy.cli.record.SessionRecorder;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.backend.surrogate.SurrogateBackend;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shipped system with its shipped surrogates, in both simulators and over all transports. */
class CrossbarNeuronIT {
  private static final List<String> TRANSPORTS = List.of("unix", "tcp", "grpc");
  private static final int BANK_REALS = 4;

  /** What the simulator is told of a bank's first quantity outside. */
  private static final Pattern OUTSIDE =
      Pattern.compile(
          "understudy: (?<path>tb\\.dut\\.\\w+) at [0-9.]+ ns: outside the trained range:"
              + " instance \\d+, step \\d+, E\\d: .* \\(trained: .*\\)");

  @TempDir private static Path folder;
  private static DemoSystem system;
  private static ModelRegistry models;
  private static final Map<String, Recorded> runs = new LinkedHashMap<>();
  private static final Map<DemoSystem.Kind, SimulatorRun> checked =
      new EnumMap<>(DemoSystem.Kind.class);

  /**
   * A run and what the server saw of it.
   *
   * @param simulation how it ended
   * @param directory where it wrote its trace and its waveform
   * @param banks what the server saw
   */
  private record Recorded(SimulatorRun simulation, Path directory, List<BankRecorder> banks) {
    Path trace() {
      return directory.resolve("trace.txt");
    }

    Path waveform() {
      return directory.resolve("wave.vcd");
    }

    JsonNode summary() throws IOException {
      assertNotNull(simulation.summary(), simulation.output());
      return JsonMapper.builder().build().readTree(simulation.summary()).get("banks");
    }
  }

  @BeforeAll
  static void buildsOnceAndRunsEachWay() throws IOException {
    system = ProductHome.system();
    models = ModelRegistry.load(ProductHome.models());
    for (DemoSystem.Kind kind : DemoSystem.Kind.values()) {
      system.build(kind);
      for (String transport : TRANSPORTS) {
        runs.put(kind + " over " + transport, record(kind, transport));
      }
      checked.put(kind, run(kind, "unix", "golden", new SessionRecorder()));
    }
  }

  private static Recorded record(DemoSystem.Kind kind, String transport) throws IOException {
    SessionRecorder recorder = new SessionRecorder();
    SimulatorRun run = run(kind, transport, transport, recorder);
    assertEquals("", recorder.failure(), run::output);
    return new Recorded(run, directory(kind, transport), recorder.banks());
  }

  private static Path directory(DemoSystem.Kind kind, String name) {
    return folder.resolve(kind + "-" + name);
  }

  private static SimulatorRun run(
      DemoSystem.Kind kind, String transport, String name, SessionRecorder recorder)
      throws IOException {
    Path directory = Files.createDirectory(directory(kind, name));
    List<String> command = system.command(kind, directory);
    if (name.equals("strict")) {
      command.add("+understudy_strict");
    }
    if (name.equals("golden")) {
      command.add("+golden=" + ProductHome.path("testbenches", "crossbar_neuron", "golden"));
    }
    ListenAddress address =
        transport.equals("tcp")
            ? new ListenAddress.Tcp("127.0.0.1", 0)
            : new ListenAddress.Unix(directory.resolve("server.sock"));
    ServerConfig config =
        ServerConfig.of(ProductHome.models(), address)
            .withGrpc(new ListenAddress.Tcp("127.0.0.1", 0));
    try (UnderstudyServer server =
        UnderstudyServer.start(config, models, new SurrogateBackend(), recorder)) {
      String reached =
          transport.equals("grpc")
              ? "grpc:" + server.grpcAddress().orElseThrow().hostPort()
              : server.addresses().get(0).toString();
      return SimulatorRun.of(command, reached, directory);
    }
  }

  @ParameterizedTest
  @EnumSource(DemoSystem.Kind.class)
  void agreesWithNgspicesGoldenAnswers(DemoSystem.Kind kind) {
    SimulatorRun run = checked.get(kind);
    assertTrue(run.output().contains("TB PASS"), run::output);
    assertTrue(run.output().contains("stimulus as in the golden run"), run::output);
    assertEquals(0, run.status(), run::output);
  }

  @Test
  void endsWellInBothSimulatorsOverAllTransports() {
    assertEquals(6, runs.size());
    runs.forEach(
        (name, run) -> {
          assertEquals(0, run.simulation().status(), () -> name + run.simulation().output());
          assertTrue(run.simulation().output().contains("TB PASS"), name);
          assertTrue(run.simulation().output().contains("understudy: summary"), name);
        });
  }

  @Test
  void givesTheSameTraceInBothSimulatorsOverAllTransports() throws IOException {
    Path first = runs.values().iterator().next().trace();
    try (var lines = Files.lines(first)) {
      assertTrue(lines.filter(line -> line.contains(" spike ")).count() > 100, "spikes in trace");
    }
    for (Recorded run : runs.values()) {
      assertEquals(-1, Files.mismatch(first, run.trace()), () -> first + " and " + run.trace());
    }
  }

  @Test
  void givesTheSameSummaryInBothSimulatorsOverAllTransports() {
    String first = runs.values().iterator().next().simulation().summary();
    assertNotNull(first);
    runs.forEach((name, run) -> assertEquals(first, run.simulation().summary(), name));
  }

  /** The shipped stimulus leaves the trained range here and there. */
  @Test
  void tellsTheFirstFlagOfEachKindOnceAndCountsAll() throws IOException {
    for (Recorded run : runs.values()) {
      List<String> told =
          run.simulation()
              .output()
              .lines()
              .filter(line -> line.matches("understudy: tb\\.dut\\.\\w+ at .*"))
              .toList();
      assertEquals(told.stream().distinct().toList(), told);
      Set<String> outside =
          told.stream()
              .map(OUTSIDE::matcher)
              .filter(Matcher::matches)
              .map(line -> line.group("path"))
              .collect(Collectors.toSet());
      assertFalse(outside.isEmpty(), told::toString);
      for (JsonNode bank : run.summary()) {
        long rows = 0;
        for (JsonNode instance : bank.get("flagged_instances")) {
          rows += instance.get("rows").asLong();
        }
        assertEquals(bank.get("flagged").asLong(), rows, bank::toString);
        // What closes with the run is in no row: it is counted, and in the summary alone.
        long outsideRows = bank.get("outside_range").asLong();
        assertEquals(outside.contains(bank.get("path").asText()), outsideRows > 0, bank::toString);
        assertTrue(bank.get("outside_events").asLong() >= outsideRows, bank::toString);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DemoSystem.Kind.class)
  void endsAtTheFirstFlagWhenItIsStrict(DemoSystem.Kind kind) throws IOException {
    SimulatorRun run = run(kind, "unix", "strict", new SessionRecorder());
    assertEquals(3, run.status(), run::output);
    assertTrue(run.output().contains("outside the trained range: instance"), run::output);
    assertTrue(run.output().contains("as +understudy_strict has it"), run::output);
    assertNull(run.summary());
  }

  @Test
  void sumsUpWhatTheEventsOfEachBankSay() throws IOException {
    for (Recorded run : runs.values()) {
      Path report = run.directory().resolve("report");
      JsonNode summary = run.summary();
      assertEquals(run.banks().size(), summary.size());
      for (BankRecorder bank : run.banks()) {
        bank.write(report);
        EventTable table = EventTable.read(report.resolve(bank.name() + ".events.csv"));
        assertSummary(summaryOf(summary, bank), table);
      }
    }
  }

  private static JsonNode summaryOf(JsonNode summary, BankRecorder bank) {
    for (JsonNode record : summary) {
      if (record.get("path").asText().equals(bank.opening().path())) {
        assertEquals(bank.opening().circuit().name(), record.get("circuit").asText());
        return record;
      }
    }
    throw new AssertionError("no bank " + bank.opening().path() + " in " + summary);
  }

  private static void assertSummary(JsonNode record, EventTable table) {
    long inputs = table.count(EventKind.E1) + table.count(EventKind.E2);
    double dynamicJ = energyJ(table, false);
    double staticJ = energyJ(table, true);
    // The same numbers, added up in another order.
    double roundingJ = 1e-12 * Math.abs(dynamicJ + staticJ);
    assertAll(
        () -> assertEquals(inputs, record.get("crossings").asLong()),
        () -> assertEquals(table.count(EventKind.E1), record.get("e1").asLong()),
        () -> assertEquals(table.count(EventKind.E2), record.get("e2").asLong()),
        () -> assertEquals(table.count(EventKind.E3), record.get("e3").asLong()),
        () -> assertEquals(idlePeriods(table), record.get("idle_periods").asLong()),
        () -> assertEquals(dynamicJ, record.get("dynamic_j").asDouble(), roundingJ),
        () -> assertEquals(staticJ, record.get("static_j").asDouble(), roundingJ),
        () -> assertEquals(dynamicJ + staticJ, record.get("energy_j").asDouble(), roundingJ),
        () -> assertTrue(dynamicJ > 0 && staticJ > 0, "energy of both kinds"));
  }

  private static double energyJ(EventTable table, boolean idle) {
    return table.events().stream()
        .filter(event -> (event.kind() == EventKind.E3) == idle)
        .mapToDouble(EventRecord::energyJ)
        .sum();
  }

  private static long idlePeriods(EventTable table) {
    return table.events().stream()
        .filter(event -> event.kind() == EventKind.E3)
        .mapToLong(EventRecord::periods)
        .sum();
  }

  @Test
  void showsTheSameEnergiesDelaysAndOutputsInBothWaveforms() throws IOException {
    VcdReader icarus = waveform(DemoSystem.Kind.ICARUS);
    VcdReader verilator = waveform(DemoSystem.Kind.VERILATOR);
    List<String> paths = new ArrayList<>(realsOfTheBanks(icarus));
    assertEquals(paths, realsOfTheBanks(verilator));
    assertEquals(2 * BANK_REALS + 8 * 2 + 8 * 3, paths.size(), paths::toString);
    paths.addAll(List.of("tb.dut.u_neurons.spike", "tb.dut.u_tile.out_code"));
    for (String path : paths) {
      List<VcdReader.Change> changes = icarus.changes(path);
      assertNotNull(changes, path);
      assertEquals(settled(changes), settled(verilator.changes(path)), path);
      assertTrue(changes.size() > 1, () -> path + ": " + changes);
    }
  }

  private static List<String> realsOfTheBanks(VcdReader vcd) {
    return vcd.reals().stream()
        .filter(path -> path.startsWith("tb.dut.u_neurons.") || path.startsWith("tb.dut.u_tile."))
        .toList();
  }

  /** Without what stood there before time began: unknown to one simulator, 0 to the other. */
  private static List<VcdReader.Change> settled(List<VcdReader.Change> changes) {
    return changes.stream().filter(change -> change.time() > 0).toList();
  }

  @Test
  void showsTheEnergySoFarUpToTheLastCrossing() throws IOException {
    Recorded run = runs.get("Icarus over unix");
    VcdReader vcd = VcdReader.read(run.waveform());
    for (JsonNode record : run.summary()) {
      List<VcdReader.Change> energy = vcd.changes(record.get("path").asText() + ".energy_j");
      double last = Double.parseDouble(energy.get(energy.size() - 1).value());
      double total = record.get("energy_j").asDouble();
      // What is still idle at the end is added when the session closes.
      assertTrue(last > 0.5 * total && last <= total, last + " of " + total);
    }
  }

  private static VcdReader waveform(DemoSystem.Kind kind) throws IOException {
    return VcdReader.read(runs.get(kind + " over unix").waveform());
  }
}
