package io.understudy.cli.mnist;

import io.understudy.cli.Home;
import io.understudy.cli.demo.DemoSystem;
import io.understudy.cli.simulate.MakeTarget;
import io.understudy.cli.simulate.PrivateServer;
import io.understudy.cli.simulate.SimulationException;
import io.understudy.cli.simulate.Simulator;
import io.understudy.cli.wrap.WrapCommand;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of the systems in one simulator: built once, run as often as one likes. */
final class SystemSimulation {
  private final MnistSystem system;
  private final DemoSystem.Kind kind;
  private final String variant;
  private final Path source;
  private final Path work;
  private final Path shims = Home.path("hdl-shims", "build").toAbsolutePath();

  /**
   * @param variant of the crossbar's rows, {@code ideal} or {@code opamp}; empty for the other
   * @param work folder for all that is made
   */
  SystemSimulation(MnistSystem system, DemoSystem.Kind kind, String variant, Path work) {
    this.system = system;
    this.kind = kind;
    this.variant = variant;
    this.source = Home.path("testbenches", system.folder()).toAbsolutePath();
    this.work = work.toAbsolutePath();
  }

  /**
   * What a run was.
   *
   * @param images one for each image
   * @param wallS its time in s: RTL, crossings and server
   * @param summaryJson the shim's summary; null without a server
   */
  record Run(List<ImageResult> images, double wallS, String summaryJson) {}

  /** Builds it, if it is not up to date. */
  void build() throws IOException {
    Path wrappers = work.resolve("wrappers");
    for (String circuit : system.circuits()) {
      WrapCommand.write(
          CircuitReader.read(Home.models().resolve(circuit)).circuit(), wrappers, false);
    }
    make(target(""));
  }

  /** Builds it with behavioural models in place of the macros. */
  void buildBehavioural() throws IOException {
    make(target("rnm-"));
  }

  private String target(String prefix) {
    return prefix + kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  private void make(String target) throws IOException {
    Files.createDirectories(work);
    List<String> variables =
        new ArrayList<>(
            List.of("OUT=" + work, "WRAPPERS=" + work.resolve("wrappers"), "SHIM=" + shims));
    if (!variant.isEmpty()) {
      variables.add("VARIANT=" + variant);
    }
    MakeTarget.build(source, target, variables, work.resolve(target + "-build.log"));
  }

  /**
   * Runs it with a server of its own.
   *
   * @param count images
   * @param waveform file, or null for none
   */
  Run run(int count, Path waveform, SessionListener listener) throws IOException {
    try (PrivateServer server = PrivateServer.start(Home.models(), listener)) {
      Path log = work.resolve(target("") + "-run.log");
      Simulator.Result result =
          Simulator.run(command("", count, waveform), work, server.address(), log);
      Run run = read(result, log);
      if (run.summaryJson() == null) {
        throw new SimulationException(
            kind + ": session not closed (expected: a summary); log: " + log);
      }
      return run;
    }
  }

  /** Runs it with the behavioural models: no server, no energy, no delay. */
  Run runBehavioural(int count) throws IOException {
    Path log = work.resolve(target("rnm-") + "-run.log");
    // Nobody asks for the address: there is no wrapper in this simulation.
    return read(
        Simulator.run(
            command("rnm", count, null),
            work,
            new io.understudy.server.ListenAddress.Unix(work.resolve("none.sock")),
            log),
        log);
  }

  private List<String> command(String prefix, int count, Path waveform) {
    Path folder = prefix.isEmpty() ? work : work.resolve(prefix);
    List<String> command = new ArrayList<>();
    if (kind == DemoSystem.Kind.ICARUS) {
      command.addAll(List.of("vvp", "-n"));
      if (prefix.isEmpty()) {
        command.addAll(List.of("-M", shims.toString(), "-m", "understudy"));
      }
      command.add(folder.resolve("icarus").resolve("tb.vvp").toString());
    } else {
      command.add(folder.resolve("verilator").resolve("Vtb").toString());
    }
    command.add("+images=" + count);
    if (waveform != null) {
      command.add("+vcd=" + waveform);
    }
    return command;
  }

  private Run read(Simulator.Result result, Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    boolean passed = lines.stream().anyMatch(line -> line.startsWith("TB PASS"));
    if (result.status() != 0 || !passed) {
      lines.stream()
          .filter(line -> line.startsWith("understudy:") || line.startsWith("TB FAIL"))
          .forEach(System.err::println);
      throw new SimulationException(
          kind + ": status " + result.status() + " (expected: 0 and TB PASS); log: " + log);
    }
    return new Run(
        ImageResult.read(lines), Simulator.seconds(result.elapsedNs()), result.summaryJson());
  }
}
