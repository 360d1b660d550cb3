package io.understudy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Exit statuses and messages of commands that are used wrongly. */
class MainTest {
  private static final String NEURON = Home.models().resolve("lif_neuron").toString();
  private static final String RC_STAGE = Home.path("docs", "examples", "rc_stage").toString();

  @TempDir private Path folder;

  private record Said(int status, String out, String err) {}

  private static Said say(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      int status = Main.execute(arguments);
      return new Said(
          status,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  static Stream<Arguments> wrongUses() {
    return Stream.of(
        use("Missing required subcommand"),
        use("Unmatched argument at index 0: 'reply'", "reply"),
        use(
            "understudy: replay: a part is missing (expected: CIRCUIT_DIR --stimulus S.csv --out"
                + " P.csv, or --record FILE)",
            "replay",
            NEURON),
        use(
            "understudy: replay: --record with parts of the other (expected: ",
            "replay",
            NEURON,
            "--record",
            "run.rec"),
        use(
            "understudy: nowhere.rec: no such file (expected: a record)",
            "replay",
            "--record",
            "nowhere.rec"),
        use("Missing required option: '--data=DIR'", "train", NEURON),
        use("Missing required parameter: 'SIMULATOR'", "run"),
        use("Invalid value for option '--runs': 'x'", "characterize", NEURON, "--runs", "x"),
        use(
            "understudy: nowhere/circuit.yaml: no such file (expected: a circuit's folder with a circuit.yaml)",
            "characterize",
            "nowhere"),
        use("understudy: --runs: 0 (expected: at least 1)", "characterize", NEURON, "--runs", "0"),
        use("understudy: --jobs: 0 (expected: at least 1)", "characterize", NEURON, "--jobs", "0"),
        use(
            "understudy: nowhere/schema.json: no such file (expected: a dataset's folder, completely written)",
            "train",
            NEURON,
            "--data",
            "nowhere"),
        use(
            "understudy: nowhere.csv: no such file (expected: a stimulus in CSV)",
            "replay",
            NEURON,
            "--stimulus",
            "nowhere.csv",
            "--out",
            "out.csv"),
        use(
            "understudy: --listen: address: http://x (expected: unix:PATH, tcp:HOST:PORT or tls:HOST:PORT)",
            "serve",
            "--listen",
            "http://x"),
        use(
            "understudy: --grpc: address: x:99999 (expected: HOST:PORT with a port of 0 to 65535)",
            "serve",
            "--grpc",
            "x:99999"),
        use(
            "understudy: models: /nowhere (expected: a folder of circuits;",
            "serve",
            "--models",
            "/nowhere"),
        use(
            "understudy: --backend: magic (expected: surrogate or ngspice or shadow)",
            "run",
            "--backend",
            "magic",
            "--",
            "true"),
        use("understudy: --sample: 0 (expected: at least 1)", "demo", "--sample", "0"));
  }

  private static Arguments use(String message, String... arguments) {
    return Arguments.of(List.of(arguments), message);
  }

  @ParameterizedTest
  @MethodSource("wrongUses")
  void refusesWrongUseWithStatus2AndSaysWhatWasExpected(List<String> arguments, String message) {
    Said said = say(arguments.toArray(String[]::new));
    assertEquals(ExitStatus.USAGE, said.status, said.err);
    assertTrue(said.err.startsWith(message), said.err);
    assertEquals("", said.out);
    assertFalse(said.err.contains("\tat "), "a stack trace is no message");
  }

  @Test
  void refusesABackendAndALengthThatAreNone() throws IOException {
    String stimulus = stimulus();
    String out = folder.resolve("out.csv").toString();
    Said backend =
        say("replay", NEURON, "--stimulus", stimulus, "--out", out, "--backend", "magic");
    assertEquals(
        "understudy: --backend: magic (expected: surrogate or ngspice or shadow)",
        backend.err.strip());
    Said steps = say("replay", NEURON, "--stimulus", stimulus, "--out", out, "--steps", "0");
    assertEquals("understudy: --steps: 0 (expected: at least 1)", steps.err.strip());
    assertEquals(List.of(2, 2), List.of(backend.status, steps.status));
  }

  private String stimulus() throws IOException {
    return Files.writeString(folder.resolve("s.csv"), "instance,step,weight\n0,0,1\n").toString();
  }

  @Test
  void namesAResultThatCannotBeWritten() throws IOException {
    String out = folder.resolve("no/such/folder/out.csv").toString();
    Said said = say("replay", NEURON, "--stimulus", stimulus(), "--out", out);
    assertEquals(
        "understudy: "
            + out
            + ": no such file or folder (expected: a path that can be read and"
            + " written)",
        said.err.strip());
    assertEquals(ExitStatus.USAGE, said.status);
    String file = stimulus();
    Said wrap = say("wrap", NEURON, "--out", file);
    assertEquals(
        "understudy: " + file + ": a file (expected: a folder, or none yet)", wrap.err.strip());
    assertEquals(ExitStatus.USAGE, wrap.status);
  }

  @Test
  void reportsASimulationThatCannotBeCompletedWithStatus3() {
    Said missing = say("run", "--", "/no/such/simulator");
    assertEquals(ExitStatus.INCOMPLETE, missing.status);
    assertTrue(missing.err.startsWith("understudy: simulator: /no/such/simulator: "), missing.err);
    Said idle = say("run", "--", "true");
    assertEquals(ExitStatus.INCOMPLETE, idle.status);
    assertEquals(
        "understudy: true: opened no bank (expected: a design with a wrapper in it)",
        idle.err.strip());
  }

  @Test
  void returnsTheSimulatorsOwnStatus() {
    assertEquals(7, say("run", "--", "sh", "-c", "exit 7").status);
  }

  @Test
  void givesHelpAndVersion() {
    Said help = say("--help");
    assertEquals(ExitStatus.OK, help.status);
    for (String command :
        List.of("demo", "serve", "run", "characterize", "train", "replay", "wrap")) {
      assertTrue(
          Arrays.stream(help.out.split("\n")).anyMatch(l -> l.strip().startsWith(command + " ")),
          () -> command + " in:\n" + help.out);
    }
    assertEquals("understudy 0.1.0", say("--version").out.strip());
  }

  @Test
  void printsTheModelsFolderOfACircuitThatIsNotShipped() {
    Said own = say("wrap", RC_STAGE, "--out", folder.toString());
    String models = Home.path("docs", "examples").toString();
    assertTrue(own.out.contains("./understudy run --models " + models + " -- vvp"), own.out);
    assertTrue(own.out.contains("./understudy run --models " + models + " -- obj_dir"), own.out);
    Said shipped = say("wrap", NEURON, "--out", folder.toString());
    assertTrue(shipped.out.contains("./understudy run -- vvp"), shipped.out);
    assertTrue(Files.exists(folder.resolve("lif_neuron_bank.sv")));
    assertTrue(Files.exists(folder.resolve("understudy.svh")));
  }

  @Test
  void writesALibertyFile() throws IOException {
    Path file = folder.resolve("neuron.lib");
    Said said =
        say(
            "liberty",
            NEURON,
            "--out",
            file.toString(),
            "--inputs",
            "weight,v_lk",
            "--points",
            "3");
    assertEquals(ExitStatus.OK, said.status(), said.err());
    assertTrue(said.out().contains(": 9 points over weight and v_lk; "), said.out());
    assertTrue(Files.readString(file).contains("library (lif_neuron_surrogate_"));
    Said wrong = say("liberty", NEURON, "--out", file.toString(), "--inputs", "weight,volume");
    assertEquals(ExitStatus.USAGE, wrong.status());
    assertTrue(wrong.err().startsWith("understudy: axis: volume (expected: one of "), wrong.err());
    Said missing = say("liberty", NEURON, "--surrogate", "999");
    assertEquals(ExitStatus.USAGE, missing.status());
    assertTrue(missing.err().contains("999 (expected: a folder with surrogate.json)"));
  }

  @Test
  void verifiesASurrogateAndFindsOneThatIsDamaged() throws IOException {
    Path circuit = folder.resolve("crossbar_row_g10");
    Path shipped = Home.models().resolve("crossbar_row_g10");
    try (Stream<Path> files = Files.walk(shipped)) {
      for (Path file : files.toList()) {
        Files.copy(file, circuit.resolve(shipped.relativize(file).toString()));
      }
    }
    Said intact = say("verify", circuit.toString());
    assertEquals(ExitStatus.OK, intact.status(), intact.err());
    assertTrue(intact.out().matches("(?s)crossbar_row_g10, surrogate \\d+: \\d+ figures of .*"));
    Path version = circuit.resolve("surrogate").resolve("1");
    Path manifest = version.resolve("surrogate.json");
    String text = Files.readString(manifest);
    Matcher scale = Pattern.compile("\"scale\" : ([-+.0-9E]+)").matcher(text);
    assertTrue(scale.find());
    double other = 1.001 * Double.parseDouble(scale.group(1));
    Files.writeString(
        manifest, text.substring(0, scale.start(1)) + other + text.substring(scale.end(1)));
    Path json = folder.resolve("verify.json");
    Said damaged = say("verify", circuit.toString(), "--json", json.toString());
    assertEquals(ExitStatus.VERDICT, damaged.status(), damaged.err());
    assertTrue(damaged.out().contains("FAILED"), damaged.out());
    assertTrue(damaged.out().contains("  open_loop."), damaged.out());
    assertTrue(Files.readString(json).contains("\"passed\" : false"));
    Files.writeString(manifest, "{}");
    assertEquals(ExitStatus.VERDICT, say("verify", circuit.toString()).status());
  }
}
