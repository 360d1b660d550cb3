package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.cli.wrap.WrapCommand;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.backend.surrogate.SurrogateBackend;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is wrong ends the simulator with status 3 and a line that says what, in bounded time.
 */
@Timeout(60)
class BadInputIT {
  /** A shim that does not seek another server for long. */
  private static final Map<String, String> SOON = Map.of("UNDERSTUDY_DEADLINE_S", "2");

  private static final int NOT_COMPLETED = 3;
  private static final String DEFAULTS = "instance\n";
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

  @TempDir private static Path build;
  private static ModelRegistry shipped;

  @TempDir private Path folder;

  @BeforeAll
  static void buildsTheTestbench() throws IOException {
    Path neuron = ProductHome.models().resolve("lif_neuron");
    Path wrapper = WrapCommand.write(CircuitReader.read(neuron).circuit(), build);
    Path testbench =
        ProductHome.path("testbenches", "src", "test", "resources", "rtl", "two_neurons_tb.sv");
    for (SimulatorKind kind : SimulatorKind.values()) {
      kind.buildIn(build, List.of(testbench.toString(), wrapper.toString()));
    }
    shipped = ModelRegistry.load(ProductHome.models());
  }

  @ParameterizedTest
  @EnumSource(SimulatorKind.class)
  void runsTheTestbenchWhenNothingIsWrong(SimulatorKind kind) throws IOException {
    SimulatorRun run = withServer(kind, shipped, DEFAULTS);
    assertEquals(0, run.status(), run::output);
    assertNotNull(run.summary(), run::output);
  }

  static Stream<Arguments> badParameters() {
    return Stream.of(
        Arguments.of(
            "instance,v_xx\n0,0.5\n",
            "parameter: v_xx (expected: one of [v_sf, v_adap, v_lk, v_rtr])"),
        Arguments.of(
            "instance,v_lk\n1,0.95\n", "instance 1: parameter v_lk: 0.95 (expected: 0.4 to 0.8"),
        Arguments.of("instance,v_lk\n1,nan\n", "instance 1: parameter v_lk: nan (expected: "),
        Arguments.of(
            "instance,v_lk\n0,0.5\n1,0.5\n2,0.5\n", "line 4: instance: 2 (expected: 0 to 1)"),
        Arguments.of("instance,v_lk,v_sf\n0,0.5\n", "line 2: 2 cells (expected: 3)"));
  }

  @ParameterizedTest
  @MethodSource("badParameters")
  void refusesParametersThatAreNotTheCircuits(String table, String message) throws IOException {
    assertRefused(withServer(SimulatorKind.ICARUS, shipped, table), message);
  }

  @Test
  void refusesAParameterOutOfRangeInVerilatorToo() throws IOException {
    assertRefused(
        withServer(SimulatorKind.VERILATOR, shipped, "instance,v_lk\n1,0.95\n"),
        "instance 1: parameter v_lk: 0.95 (expected: 0.4 to 0.8");
  }

  @Test
  void namesAParameterFileThatIsMissing() throws IOException {
    assertRefused(
        withServer(SimulatorKind.ICARUS, shipped, null),
        "parameter file params.csv: No such file or directory (expected: a readable CSV file)");
  }

  @Test
  void namesAParameterThatIsMissing() throws IOException {
    ModelRegistry models = changed("circuit.yaml", "default: 0.57, ", "");
    assertRefused(
        withServer(SimulatorKind.ICARUS, models, "instance,v_lk\n0,0.5\n"),
        "instance 1: parameter v_lk: missing (expected: 0.4 to 0.8");
  }

  @Test
  void namesAnUnknownCircuitAndThoseThatThereAre() throws IOException {
    Path models = Files.createDirectory(folder.resolve("models"));
    ProductHome.copy(
        ProductHome.models().resolve("crossbar_row_g30"), models.resolve("crossbar_row_g30"));
    assertRefused(
        withServer(SimulatorKind.ICARUS, ModelRegistry.load(models), DEFAULTS),
        "circuit: lif_neuron (expected: one of [crossbar_row_g30])");
  }

  @Test
  void refusesASurrogateOfAnotherNetlistAndNamesBothHashes() throws IOException {
    ModelRegistry models = changed("netlist.sp", ".include", "* another netlist\n.include");
    String trained = hash(ProductHome.models().resolve("lif_neuron"));
    String present = hash(folder.resolve("models").resolve("lif_neuron"));
    assertRefused(
        withServer(SimulatorKind.ICARUS, models, DEFAULTS),
        "circuit: lif_neuron cannot be served: ",
        "trained for lif_neuron of hash " + trained + " (expected: " + present);
  }

  @Test
  void refusesAWrapperWithAnotherNumberOfInputs() throws IOException {
    ModelRegistry models =
        changed("circuit.yaml", "bits: 8, signed: true", "bits: 10, signed: true");
    assertRefused(
        withServer(SimulatorKind.ICARUS, models, DEFAULTS),
        "wrapper: 16 bits of input codes (expected: 20, as the server's circuit has them");
  }

  @ParameterizedTest
  @EnumSource(SimulatorKind.class)
  void namesTheAddressWhereNoServerIs(SimulatorKind kind) throws IOException {
    String address = "unix:" + folder.resolve("nobody.sock");
    assertRefused(
        run(kind, address, DEFAULTS, Map.of()),
        "no server at " + address + ": No such file or directory (expected: a running server)",
        "./understudy serve");
  }

  @Test
  void namesAnAddressThatIsNone() throws IOException {
    assertRefused(
        run(SimulatorKind.ICARUS, "http://here", DEFAULTS, Map.of()),
        "UNDERSTUDY_SERVER: http://here (expected: unix:PATH, tcp:, ");
  }

  @Test
  void refusesAServerOfAnotherProtocolVersion() throws IOException {
    String text = "protocol version: 2 (expected: 9)";
    for (ByteBuffer answer : List.of(FakeServer.frame(20, 9, 2), FakeServer.error(9, 2, text))) {
      try (FakeServer server = new FakeServer(answer.array())) {
        SimulatorRun run = run(SimulatorKind.ICARUS, server.address(), DEFAULTS, Map.of());
        // Of another version's frames the version alone is sure to be where it is.
        assertRefused(run, "protocol version 9 (expected: 2)");
      }
    }
  }

  @Test
  void refusesAFrameThatIsTooLong() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.frame(99_999_999, 2, 2).array())) {
      assertRefused(
          run(SimulatorKind.ICARUS, server.address(), DEFAULTS, SOON),
          "frame length 99999999 (expected: 24 to 67108864)");
    }
  }

  @Test
  void refusesAClientsFrameThatIsTooLongOrOfAnotherVersion() throws IOException {
    ListenAddress address = new ListenAddress.Tcp("127.0.0.1", 0);
    ServerConfig config = ServerConfig.of(ProductHome.models(), address);
    try (UnderstudyServer server =
        UnderstudyServer.start(config, shipped, new SurrogateBackend(), SessionListener.NONE)) {
      ListenAddress.Tcp bound = (ListenAddress.Tcp) server.addresses().get(0);
      assertEquals(
          "error 3, version 2: frame length: 99999999 (expected: 24 to 67108864)",
          answer(bound, FakeServer.frame(99_999_999, 2, 1)));
      assertEquals(
          "error 2, version 2: protocol version: 9 (expected: 2)",
          answer(bound, FakeServer.frame(20, 9, 1)));
    }
  }

  /** Sends a frame's header alone; what the server says to it before it closes the connection. */
  private static String answer(ListenAddress.Tcp address, ByteBuffer request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address.resolve(), (int) ENDS_WITHIN.toMillis());
      socket.setSoTimeout((int) ENDS_WITHIN.toMillis());
      socket.getOutputStream().write(request.array(), 0, request.position());
      byte[] bytes = socket.getInputStream().readAllBytes();
      ByteBuffer frame = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      String text = new String(bytes, 32, frame.getInt(28), StandardCharsets.UTF_8);
      return "error " + frame.getShort(24) + ", version " + frame.get(4) + ": " + text;
    }
  }

  @Test
  void doesNotWaitForeverForAServerThatIsSilent() throws IOException {
    try (FakeServer server = new FakeServer(new byte[0])) {
      assertRefused(
          run(
              SimulatorKind.ICARUS,
              server.address(),
              DEFAULTS,
              Map.of("UNDERSTUDY_TIMEOUT_MS", "700", "UNDERSTUDY_DEADLINE_S", "2")),
          "no answer after 700 ms (expected: one within UNDERSTUDY_TIMEOUT_MS)");
    }
  }

  @ParameterizedTest
  @EnumSource(SimulatorKind.class)
  void endsWhenItsServerIsKilled(SimulatorKind kind) throws Exception {
    Path socket = folder.resolve("server.sock");
    Files.writeString(folder.resolve("params.csv"), DEFAULTS);
    List<String> serve = UnderstudyCommand.of("serve", "--listen", "unix:" + socket);
    try (RunningProgram server = RunningProgram.start(folder, Map.of(), serve)) {
      server.await("ready", ENDS_WITHIN);
      List<String> command =
          Stream.concat(
                  kind.start(ProductHome.shims(), build).stream(), Stream.of("+cycles=200000000"))
              .toList();
      Map<String, String> environment =
          Map.of("UNDERSTUDY_SERVER", "unix:" + socket, "UNDERSTUDY_DEADLINE_S", "2");
      try (RunningProgram simulator = RunningProgram.start(folder, environment, command)) {
        simulator.await("answered", ENDS_WITHIN);
        server.kill();
        Execution end = simulator.end(ENDS_WITHIN);
        assertRefused(new SimulatorRun(end.status(), end.output(), null), "connection ");
      }
    }
  }

  private static void assertRefused(SimulatorRun run, String... messages) {
    assertEquals(NOT_COMPLETED, run.status(), run::output);
    // Icarus writes the line into its log too.
    List<String> lines =
        run.output()
            .lines()
            .filter(line -> line.startsWith("understudy: tb.u_bank"))
            .distinct()
            .toList();
    assertEquals(1, lines.size(), run::output);
    for (String message : messages) {
      assertTrue(lines.get(0).contains(message), () -> message + "\nnot in: " + lines.get(0));
    }
    assertTrue(lines.get(0).contains("(expected: "), lines.get(0));
  }

  /** The shipped models, the neuron with a change in one of its files. */
  private ModelRegistry changed(String file, String from, String to) throws IOException {
    Path models = folder.resolve("models");
    ProductHome.copy(ProductHome.models(), models);
    Path path = models.resolve("lif_neuron").resolve(file);
    String text = Files.readString(path);
    assertTrue(text.contains(from), () -> from + " in " + path);
    Files.writeString(path, text.replace(from, to));
    return ModelRegistry.load(models);
  }

  private static String hash(Path circuit) {
    return CircuitReader.read(circuit).sha256();
  }

  private SimulatorRun withServer(SimulatorKind kind, ModelRegistry models, String table)
      throws IOException {
    ListenAddress address = new ListenAddress.Unix(folder.resolve("server.sock"));
    ServerConfig config = ServerConfig.of(ProductHome.models(), address);
    try (UnderstudyServer server =
        UnderstudyServer.start(config, models, new SurrogateBackend(), SessionListener.NONE)) {
      return run(kind, server.addresses().get(0).toString(), table, Map.of());
    }
  }

  private SimulatorRun run(
      SimulatorKind kind, String server, String table, Map<String, String> variables)
      throws IOException {
    if (table != null) {
      Files.writeString(folder.resolve("params.csv"), table);
    }
    return SimulatorRun.of(kind.start(ProductHome.shims(), build), server, folder, variables);
  }
}
