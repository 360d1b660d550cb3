package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.cli.wrap.WrapCommand;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Simulators that reach a server over a network: TLS on raw TCP and on gRPC, with a token and
 * clients' certificates, all made for the test.
 */
@Timeout(300)
class RemoteAccessIT {
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);
  private static final String TOKEN = "0123456789abcdef-of-the-test";
  private static final int INCOMPLETE = 3;

  @TempDir private static Path folder;
  private static TestCertificates certificates;
  private static RunningProgram server;
  private static final Map<String, String> addresses = new HashMap<>();
  private static String undisturbed;

  @BeforeAll
  static void startsAServerAndBuilds() throws Exception {
    certificates = new TestCertificates(folder);
    certificates.sign("server");
    certificates.sign("client");
    // The neuron alone: the server is there sooner.
    Path models = Files.createDirectory(folder.resolve("models"));
    ProductHome.copy(ProductHome.models().resolve("lif_neuron"), models.resolve("lif_neuron"));
    Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    server =
        RunningProgram.start(
            folder,
            Map.of(),
            UnderstudyCommand.of(
                "serve",
                "--models",
                models.toString(),
                "--listen",
                "unix:" + folder.resolve("s"),
                "--listen",
                "tls:127.0.0.1:0",
                "--grpc",
                "127.0.0.1:0",
                "--token-file",
                token.toString(),
                "--tls-cert",
                certificates.file("server.pem").toString(),
                "--tls-key",
                certificates.file("server.key").toString(),
                "--tls-client-ca",
                certificates.file("ca.pem").toString()));
    for (String address : server.await("ready", STARTS_WITHIN).split(" ")) {
      addresses.put(address.split(":")[0], address.replace("127.0.0.1", "localhost"));
    }
    Files.writeString(folder.resolve("params.csv"), "");
    Path wrapper =
        WrapCommand.write(CircuitReader.read(models.resolve("lif_neuron")).circuit(), folder);
    for (SimulatorKind kind : SimulatorKind.values()) {
      kind.buildIn(
          folder,
          List.of(
              ProductHome.path(
                      "testbenches", "src", "test", "resources", "rtl", "two_neurons_tb.sv")
                  .toString(),
              wrapper.toString()));
    }
    SimulatorRun local = run(SimulatorKind.ICARUS, "unix", Map.of());
    assertEquals(0, local.status(), local::output);
    undisturbed = local.summary();
    assertNotNull(undisturbed);
  }

  @AfterAll
  static void neverHasTheTokenInTheLog() throws InterruptedException {
    server.terminate();
    Execution end = server.end(STOPS_WITHIN);
    assertTrue(end.output().contains("event=session_opened"), end::output);
    assertFalse(end.output().contains(TOKEN), "the token in the log");
  }

  private static SimulatorRun run(SimulatorKind kind, String scheme, Map<String, String> variables)
      throws IOException {
    Map<String, String> all = new HashMap<>();
    all.put("UNDERSTUDY_TOKEN", TOKEN);
    all.put("UNDERSTUDY_TLS_CA", certificates.file("ca.pem").toString());
    all.put("UNDERSTUDY_TLS_CERT", certificates.file("client.pem").toString());
    all.put("UNDERSTUDY_TLS_KEY", certificates.file("client.key").toString());
    all.putAll(variables);
    return SimulatorRun.of(
        kind.start(ProductHome.shims(), folder), addresses.get(scheme), folder, all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls", "grpcs"})
  void givesTheSameSummaryInBothSimulators(String scheme) throws IOException {
    for (SimulatorKind kind : SimulatorKind.values()) {
      SimulatorRun run = run(kind, scheme, Map.of());
      assertEquals(0, run.status(), run::output);
      assertEquals(undisturbed, run.summary(), kind + " over " + scheme);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls", "grpcs"})
  void refusesAClientThatDoesNotKnowTheToken(String scheme) throws IOException {
    SimulatorRun run =
        run(
            SimulatorKind.ICARUS,
            scheme,
            Map.of("UNDERSTUDY_TOKEN", TOKEN.replace("test", "tesu")));
    assertEquals(INCOMPLETE, run.status(), run::output);
    assertTrue(run.output().contains("access token: missing or another"), run::output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls", "grpcs"})
  void refusesAServerWhoseCertificateNobodyVouchesFor(String scheme) throws IOException {
    SimulatorRun run = run(SimulatorKind.ICARUS, scheme, Map.of("UNDERSTUDY_TLS_CA", ""));
    assertEquals(INCOMPLETE, run.status(), run::output);
    assertTrue(run.output().contains("UNDERSTUDY_TLS_CA vouches for"), run::output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls", "grpcs"})
  void refusesAClientWithoutACertificate(String scheme) throws IOException {
    SimulatorRun run =
        run(
            SimulatorKind.ICARUS,
            scheme,
            Map.of(
                "UNDERSTUDY_TLS_CERT",
                "",
                "UNDERSTUDY_TLS_KEY",
                "",
                "UNDERSTUDY_TIMEOUT_MS",
                "5000"));
    assertEquals(INCOMPLETE, run.status(), run::output);
  }

  @Test
  void refusesToServeOthersWithoutTlsOrWithoutKnowingThem() {
    refusesToStart("beyond loopback without TLS", "--listen", "tcp:0.0.0.0:0");
    refusesToStart(
        "beyond loopback without TLS",
        "--listen",
        "unix:" + folder.resolve("other"),
        "--grpc",
        "0.0.0.0:0");
    refusesToStart(
        "beyond loopback for everyone",
        "--listen",
        "tls:0.0.0.0:0",
        "--tls-cert",
        certificates.file("server.pem").toString(),
        "--tls-key",
        certificates.file("server.key").toString());
  }

  private static void refusesToStart(String reason, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "serve";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Execution execution = Execution.of(folder, Map.of(), STARTS_WITHIN, UnderstudyCommand.of(all));
    assertEquals(2, execution.status(), execution::output);
    assertTrue(execution.output().contains(reason), execution::output);
  }
}
