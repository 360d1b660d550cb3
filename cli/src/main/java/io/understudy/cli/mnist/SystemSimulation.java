package io.understudy.cli.mnist;

import io.understudy.cli.Home;
import io.understudy.cli.demo.DemoSystem;
import io.understudy.cli.golden.NgspiceBackend;
import io.understudy.cli.simulate.MakeTarget;
import io.understudy.cli.simulate.PrivateServer;
import io.understudy.cli.simulate.SimulationException;
import io.understudy.cli.simulate.Simulator;
import io.understudy.cli.wrap.WrapCommand;
import io.understudy.server.ListenAddress;
import io.understudy.server.backend.surrogate.SurrogateBackend;
import io.understudy.server.session.BankBackend;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** One of the systems in one simulator: built once, run as often as one likes. */
final class SystemSimulation {
  private final MnistSystem system;
  private final DemoSystem.Kind kind;
  private final String variant;
  private final Size size;
  private final Path source;
  private final Path work;
  private final Path shims = Home.path("hdl-shims", "build").toAbsolutePath();

  /** How much of the system there is. */
  enum Size {
    FULL,
    /** So little that ngspice can answer in lock step. */
    SMALL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param variant of the crossbar's rows, {@code ideal} or {@code opamp}; empty for the other
   * @param work folder for all that is made
   */
  SystemSimulation(MnistSystem system, DemoSystem.Kind kind, String variant, Size size, Path work) {
    this.system = system;
    this.kind = kind;
    this.variant = variant;
    this.size = size;
    this.source = Home.path("testbenches", system.folder()).toAbsolutePath();
    this.work = work.toAbsolutePath();
  }

  /**
   * What a run was.
   *
   * @param images one for each image
   * @param wallS its time in s, from the simulator's start to its end: RTL, crossings and server
   * @param steadySPerImage its time an image in s once it runs: from the first image's result to
   *     the last one's, so without what starting costs (the simulator, connections, code that Java
   *     has yet to compile); null with a single image
   * @param summaryJson the shim's summary; null without a server
   */
  record Run(List<ImageResult> images, double wallS, Double steadySPerImage, String summaryJson) {
    /** Share of the images that is right. */
    double accuracy() {
      return (double) images.stream().filter(ImageResult::isRight).count() / images.size();
    }
  }

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
    return prefix + kind.name().toLowerCase(Locale.ROOT);
  }

  private void make(String target) throws IOException {
    Files.createDirectories(work);
    List<String> variables =
        new ArrayList<>(
            List.of(
                "OUT=" + work,
                "WRAPPERS=" + work.resolve("wrappers"),
                "SHIM=" + shims,
                "SIZE=" + size));
    if (!variant.isEmpty()) {
      variables.add("VARIANT=" + variant);
    }
    MakeTarget.build(source, target, variables, work.resolve(target + "-build.log"));
  }

  /**
   * Runs it with a server of its own, which answers with the surrogates.
   *
   * @param count images
   * @param waveform file, or null for none
   */
  Run run(int count, Path waveform, SessionListener listener) throws IOException {
    return run(count, waveform, new SurrogateBackend(), OptionalInt.empty(), listener);
  }

  /** Runs it with a server of its own, which answers with ngspice in lock step. */
  Run runNgspice(int count, SessionListener listener) throws IOException {
    try (NgspiceBackend ngspice = NgspiceBackend.start()) {
      return run(count, null, ngspice, OptionalInt.of(NgspiceBackend.TIMEOUT_MS), listener);
    }
  }

  private Run run(
      int count,
      Path waveform,
      BankBackend backend,
      OptionalInt timeoutMs,
      SessionListener listener)
      throws IOException {
    try (PrivateServer server = PrivateServer.start(Home.models(), backend, listener)) {
      Path log = work.resolve(target("") + "-run.log");
      Run run = simulate(command("", count, waveform), server.address(), timeoutMs, log);
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
    return simulate(
        command("rnm", count, null),
        new ListenAddress.Unix(work.resolve("none.sock")),
        OptionalInt.empty(),
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
      // The simulator runs in a folder of its own.
      command.add("+vcd=" + waveform.toAbsolutePath());
    }
    return command;
  }

  private Run simulate(List<String> command, ListenAddress server, OptionalInt timeoutMs, Path log)
      throws IOException {
    List<Long> resultsNs = new ArrayList<>();
    Simulator.Result result =
        Simulator.run(
            command,
            work,
            server,
            timeoutMs,
            log,
            (line, elapsedNs) -> {
              if (ImageResult.isOne(line)) {
                resultsNs.add(elapsedNs);
              }
            });
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
        ImageResult.read(lines),
        Simulator.seconds(result.elapsedNs()),
        steadySPerImage(resultsNs),
        result.summaryJson());
  }

  private static Double steadySPerImage(List<Long> resultsNs) {
    int last = resultsNs.size() - 1;
    return last < 1 ? null : Simulator.seconds(resultsNs.get(last) - resultsNs.get(0)) / last;
  }
}
