package io.understudy.cli.demo;

import io.understudy.cli.ExitStatus;
import io.understudy.cli.Home;
import io.understudy.cli.record.BankRecorder;
import io.understudy.cli.simulate.SimulationException;
import io.understudy.cli.simulate.Simulator;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code understudy demo}: the main job, shown on the shipped testbench. */
@Command(
    name = "demo",
    description = "Runs the shipped testbench in both simulators and checks a sample with ngspice.",
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
  private static final double LATENCY_LIMIT = 0.08;
  private static final double ENERGY_LIMIT = 0.07;
  private static final double OUTPUT_LIMIT = 0.01;
  private static final double SPIKE_F1_LIMIT = 0.95;

  @Option(
      names = "--sample",
      defaultValue = "4",
      paramLabel = "N",
      description = "instances of each bank that go through ngspice (default: ${DEFAULT-VALUE})")
  private int sampleSize;

  @Override
  public Integer call() throws IOException {
    Path work = Home.path(".understudy", "demo");
    Files.createDirectories(work);
    DemoSystem system = new DemoSystem(work);
    DemoTable table = new DemoTable(System.out);
    Map<DemoSystem.Kind, DemoSystem.Run> runs = new EnumMap<>(DemoSystem.Kind.class);
    for (DemoSystem.Kind kind : DemoSystem.Kind.values()) {
      System.err.println("understudy: building the testbench for " + kind);
      system.build(kind);
      System.err.println("understudy: running it in " + kind);
      runs.put(kind, system.run(kind));
    }
    boolean passed = report(table, system, runs);
    List<GoldenSample> samples = new ArrayList<>();
    double ngspiceSeconds = 0;
    for (BankRecorder bank : runs.get(DemoSystem.Kind.ICARUS).recorder().banks()) {
      int instances = bank.opening().instances();
      List<Integer> sampled = IntStream.range(0, Math.min(sampleSize, instances)).boxed().toList();
      GoldenSample sample =
          GoldenSample.of(
              bank,
              CircuitReader.read(Home.models().resolve(bank.opening().circuit().name())),
              sampled,
              Runtime.getRuntime().availableProcessors());
      table.sample(sample, instances);
      table.events(sample);
      passed &= isWithinLimits(sample);
      ngspiceSeconds += DemoTable.ngspiceSeconds(sample, instances);
      samples.add(sample);
    }
    times(table, runs, ngspiceSeconds);
    table.line("");
    table.line(
        passed
            ? "PASSED: the surrogate's outputs, delays and energies lie within the limits of ngspice's"
            : "FAILED: see above (limits: spike F1 %.2f, output %.0f %% of the swing, delay %.0f %%, energy %.0f %%)",
        SPIKE_F1_LIMIT,
        100 * OUTPUT_LIMIT,
        100 * LATENCY_LIMIT,
        100 * ENERGY_LIMIT);
    table.line("waveform: gtkwave %s", system.waveform(DemoSystem.Kind.ICARUS));
    return passed ? ExitStatus.OK : ExitStatus.VERDICT;
  }

  private static boolean report(
      DemoTable table, DemoSystem system, Map<DemoSystem.Kind, DemoSystem.Run> runs)
      throws IOException {
    DemoSystem.Run icarus = runs.get(DemoSystem.Kind.ICARUS);
    DemoSystem.Run verilator = runs.get(DemoSystem.Kind.VERILATOR);
    table.line(
        "The testbench crossbar_neuron: a controller, a tile of crossbar rows, a bank of neurons");
    boolean passed = true;
    for (DemoSystem.Run run : runs.values()) {
      table.line("  %-10s %s", run.kind(), run.verdict());
      passed &= run.verdict().startsWith("TB PASS") && run.result().status() == 0;
    }
    boolean same = Files.mismatch(icarus.trace(), verilator.trace()) == -1;
    try (var lines = Files.lines(icarus.trace())) {
      table.line(
          "  the two waveforms: %s (%d changes)", same ? "identical" : "DIFFERENT", lines.count());
    }
    boolean sameSummary = icarus.result().summaryJson().equals(verilator.result().summaryJson());
    table.line(
        "  the two summaries of crossings, energy and delay: %s",
        sameSummary ? "identical" : "DIFFERENT");
    return passed && same && sameSummary;
  }

  private static void times(
      DemoTable table, Map<DemoSystem.Kind, DemoSystem.Run> runs, double ngspiceSeconds) {
    table.line("");
    table.line("time for the whole run:");
    for (DemoSystem.Run run : runs.values()) {
      double seconds = Simulator.seconds(run.result().elapsedNs());
      table.line(
          "  %-22s %8.2f s   RTL, crossings and surrogates; %.0f times faster",
          run.kind(), seconds, ngspiceSeconds / seconds);
    }
    table.line(
        "  %-22s %8.2f s   the macros alone, from the sample's time on all cores",
        "ngspice", ngspiceSeconds);
  }

  private static boolean isWithinLimits(GoldenSample sample) {
    var errors = sample.errors();
    if (sample.pairs().isEmpty()) {
      throw new SimulationException(sample.bank() + ": no events (expected: at least one)");
    }
    return (errors.spikeF1() == null || errors.spikeF1() >= SPIKE_F1_LIMIT)
        && (errors.outputRmse() == null || errors.outputRmse() <= OUTPUT_LIMIT)
        && errors.latencyMape() <= LATENCY_LIMIT
        && errors.energyRunMean() <= ENERGY_LIMIT;
  }
}
