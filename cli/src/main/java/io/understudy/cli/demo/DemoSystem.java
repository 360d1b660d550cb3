package io.understudy.cli.demo;

import io.understudy.cli.Home;
import io.understudy.cli.record.SessionRecorder;
import io.understudy.cli.simulate.MakeTarget;
import io.understudy.cli.simulate.PrivateServer;
import io.understudy.cli.simulate.SimulationException;
import io.understudy.cli.simulate.Simulator;
import io.understudy.cli.wrap.WrapCommand;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The shipped testbench {@code testbenches/crossbar_neuron}: a tile of crossbar rows that feeds a
 * bank of neurons.
 */
public final class DemoSystem {
  /** The circuits whose macros it has. */
  public static final List<String> CIRCUITS = List.of("crossbar_row_g30", "lif_neuron");

  private final Path source = Home.path("testbenches", "crossbar_neuron").toAbsolutePath();
  private final Path shims = Home.path("hdl-shims", "build").toAbsolutePath();
  private final Path work;

  /**
   * @param work folder for all that is made
   */
  public DemoSystem(Path work) {
    this.work = work.toAbsolutePath();
  }

  /** The simulators. */
  public enum Kind {
    ICARUS,
    VERILATOR;

    @Override
    public String toString() {
      return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    String folder() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What one run was.
   *
   * @param kind the simulator
   * @param result its status, summary and time
   * @param verdict the testbench's own line
   * @param trace every change of the system's signals
   * @param recorder what the server saw
   */
  public record Run(
      Kind kind, Simulator.Result result, String verdict, Path trace, SessionRecorder recorder) {}

  /** Writes the wrappers and builds the simulation. */
  public void build(Kind kind) throws IOException {
    Path wrappers = work.resolve("wrappers");
    for (String circuit : CIRCUITS) {
      WrapCommand.write(CircuitReader.read(Home.models().resolve(circuit)).circuit(), wrappers);
    }
    MakeTarget.build(
        source,
        kind.folder(),
        List.of("OUT=" + work, "WRAPPERS=" + wrappers, "SHIM=" + shims),
        work.resolve(kind.folder() + "-build.log"));
  }

  /**
   * The command that runs what {@link #build} made.
   *
   * @param output folder that gets {@code trace.txt} and {@code wave.vcd}
   */
  public List<String> command(Kind kind, Path output) {
    Path folder = work.resolve(kind.folder());
    List<String> command = new ArrayList<>();
    if (kind == Kind.ICARUS) {
      command.addAll(List.of("vvp", "-n", "-M", shims.toString(), "-m", "understudy"));
      command.add(folder.resolve("tb.vvp").toString());
    } else {
      command.add(folder.resolve("Vtb").toString());
    }
    command.add("+trace=" + output.resolve("trace.txt"));
    command.add("+vcd=" + output.resolve("wave.vcd"));
    return command;
  }

  /** Runs the simulation with a server of its own, compared with the checked-in golden files. */
  public Run run(Kind kind) throws IOException {
    Path folder = work.resolve(kind.folder());
    Path trace = folder.resolve("trace.txt");
    List<String> command = command(kind, folder);
    command.add("+golden=" + source.resolve("golden"));
    SessionRecorder recorder = new SessionRecorder();
    Path log = work.resolve(kind.folder() + "-run.log");
    try (PrivateServer server = PrivateServer.start(Home.models(), recorder)) {
      Simulator.Result result = Simulator.run(command, work, server.address(), log);
      List<String> lines = Files.readAllLines(log);
      String verdict =
          lines.stream()
              .filter(line -> line.startsWith("TB "))
              .findFirst()
              .orElse("no verdict; log: " + log);
      // After TB FAIL Verilator aborts, and the session may be left open: that is a verdict too.
      if (result.summaryJson() == null && !verdict.startsWith("TB FAIL")) {
        lines.stream().filter(line -> line.startsWith("understudy:")).forEach(System.err::println);
        throw new SimulationException(
            kind
                + ": status "
                + result.status()
                + ", session not closed (expected: a summary); log: "
                + log);
      }
      return new Run(kind, result, verdict, trace, recorder);
    }
  }

  /** The waveform of a simulator's run. */
  public Path waveform(Kind kind) {
    return work.resolve(kind.folder()).resolve("wave.vcd");
  }
}
