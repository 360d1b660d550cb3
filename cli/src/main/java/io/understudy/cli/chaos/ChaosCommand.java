package io.understudy.cli.chaos;

import io.understudy.cli.ExitStatus;
import io.understudy.cli.Home;
import io.understudy.cli.JsonReport;
import io.understudy.cli.UsageException;
import io.understudy.cli.demo.DemoSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code understudy chaos}: the shipped testbench while its server is killed. */
@Command(
    name = "chaos",
    description =
        "Kills the server of the shipped testbench at random crossings and compares the results"
            + " byte by byte with an undisturbed run.",
    sortOptions = false)
public final class ChaosCommand implements Callable<Integer> {
  @Option(
      names = "--kills",
      defaultValue = "5",
      paramLabel = "N",
      description =
          "runs with a kill, for each simulator and transport (default: ${DEFAULT-VALUE})")
  private int kills;

  @Option(
      names = "--faults",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "runs whose frames are dropped, delayed, cut, doubled, reordered or garbled"
              + " (default: ${DEFAULT-VALUE})")
  private int faults;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "of the first run; each further one has the next (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--sim",
      paramLabel = "SIMULATOR",
      description = "icarus or verilator (default: both)")
  private String simulator;

  @Option(
      names = "--transport",
      defaultValue = "unix",
      paramLabel = "KIND",
      description = "unix, tcp, grpc, both (the first two) or all (default: ${DEFAULT-VALUE})")
  private String transport;

  @Option(
      names = "--takeover",
      description = "a second server takes over; by default the killed one is started again")
  private boolean takeover;

  @Option(
      names = "--signal",
      defaultValue = "kill",
      paramLabel = "NAME",
      description =
          "kill (kill -9, the default) or term (SIGTERM: the server drains; with --takeover another"
              + " goes on)")
  private String signal;

  @Option(
      names = "--soak",
      defaultValue = "0",
      paramLabel = "MINUTES",
      description = "in place of single runs: many simulators on one server, both killed at random")
  private double soakMinutes;

  @Option(
      names = "--sims",
      defaultValue = "64",
      paramLabel = "N",
      description = "simulators at once in a soak (default: ${DEFAULT-VALUE})")
  private int sims;

  @Mixin private JsonReport json;

  /**
   * A run, for the report.
   *
   * @param simulator its simulator
   * @param transport unix, tcp or grpc
   * @param seed its seed
   * @param disturbance what was done
   * @param verdict what came of it
   * @param passed whether that is as it must be
   */
  private record Line(
      String simulator,
      String transport,
      long seed,
      String disturbance,
      String verdict,
      boolean passed) {}

  private record Report(boolean passed, List<Line> runs) {}

  @Override
  public Integer call() throws IOException {
    if (soakMinutes > 0) {
      return soak();
    }
    if (kills < 0 || faults < 0 || kills + faults == 0) {
      throw new UsageException(
          "--kills and --faults: " + kills + " and " + faults + " (expected: one above 0)");
    }
    List<DemoSystem.Kind> kinds = kinds();
    List<Transport> transports = transports();
    Path work = Home.path(".understudy", "chaos").toAbsolutePath();
    Files.createDirectories(work);
    DemoSystem system = new DemoSystem(work);
    List<Line> lines = new ArrayList<>();
    for (DemoSystem.Kind kind : kinds) {
      System.err.println("understudy: building the testbench for " + kind);
      system.build(kind);
      for (Transport over : transports) {
        Path folder = work.resolve((kind + "-" + over).toLowerCase(Locale.ROOT));
        try (ChaosBench bench = new ChaosBench(system, kind, over, takeover, ending(), folder)) {
          System.out.println(
              kind + " over " + over + ": undisturbed, " + bench.frames() + " crossings");
          disturb(bench, kind.toString(), over.toString(), lines);
        }
      }
    }
    boolean passed = lines.stream().allMatch(Line::passed);
    long same = lines.stream().filter(line -> line.verdict().equals("identical")).count();
    long diagnosed = lines.stream().filter(line -> line.verdict().startsWith("diagnosed")).count();
    System.out.println(
        lines.size()
            + " disturbed runs: "
            + same
            + " identical, "
            + diagnosed
            + " diagnosed, "
            + (lines.size() - same - diagnosed)
            + " different");
    json.write(new Report(passed, lines));
    return passed ? ExitStatus.OK : ExitStatus.VERDICT;
  }

  private void disturb(ChaosBench bench, String kind, String over, List<Line> lines)
      throws IOException {
    for (int run = 0; run < kills + faults; run++) {
      long start = System.nanoTime();
      boolean isKill = run < kills;
      long own = seed + (isKill ? run : run - kills);
      ChaosBench.Outcome outcome = isKill ? bench.kill(own) : bench.faults(own);
      System.out.printf(
          Locale.ROOT,
          "%s over %s, seed %d: %s: %s (%.1f s)%n",
          kind,
          over,
          own,
          outcome.what(),
          outcome.verdict(),
          (System.nanoTime() - start) / 1e9);
      lines.add(new Line(kind, over, own, outcome.what(), outcome.verdict(), outcome.passed()));
    }
  }

  private int soak() throws IOException {
    if (sims < 1 || sims > Soak.MOST_SIMULATORS) {
      throw new UsageException(
          "--sims: " + sims + " (expected: 1 to " + Soak.MOST_SIMULATORS + ")");
    }
    Path work = Files.createDirectories(Home.path(".understudy", "soak").toAbsolutePath());
    DemoSystem system = new DemoSystem(work);
    DemoSystem.Kind kind = simulator == null ? DemoSystem.Kind.ICARUS : kinds().get(0);
    system.build(kind);
    SoakFigures figures;
    try (Soak soak = new Soak(system, kind, sims, soakMinutes, seed, work, System.out::println)) {
      figures = soak.run();
    }
    System.out.println(figures.told());
    json.write(figures);
    return figures.passed() ? ExitStatus.OK : ExitStatus.VERDICT;
  }

  private Ending ending() {
    return switch (signal) {
      case "kill" -> Ending.KILL;
      case "term" -> Ending.TERM;
      default -> throw new UsageException("--signal: " + signal + " (expected: kill or term)");
    };
  }

  private List<DemoSystem.Kind> kinds() {
    if (simulator == null) {
      return List.of(DemoSystem.Kind.values());
    }
    for (DemoSystem.Kind kind : DemoSystem.Kind.values()) {
      if (kind.name().equalsIgnoreCase(simulator)) {
        return List.of(kind);
      }
    }
    throw new UsageException("--sim: " + simulator + " (expected: icarus or verilator)");
  }

  private List<Transport> transports() {
    return switch (transport) {
      case "unix" -> List.of(Transport.UNIX);
      case "tcp" -> List.of(Transport.TCP);
      case "grpc" -> List.of(Transport.GRPC);
      case "both" -> List.of(Transport.UNIX, Transport.TCP);
      case "all" -> List.of(Transport.values());
      default ->
          throw new UsageException(
              "--transport: " + transport + " (expected: unix, tcp, grpc, both or all)");
    };
  }
}
