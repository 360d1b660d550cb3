package io.understudy.cli.demo;

import io.understudy.cli.JsonReport;
import io.understudy.cli.mnist.SystemGlance;
import io.understudy.cli.simulate.Simulator;
import io.understudy.surrogate.compare.EventErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Judges what the demo found: the testbench's own checks, the same results everywhere, errors
 * within limits.
 */
final class DemoVerdict {
  static final double SPIKE_F1_LIMIT = 0.95;
  static final double OUTPUT_LIMIT = 0.01;
  static final double LATENCY_LIMIT = 0.08;
  static final double ENERGY_LIMIT = 0.07;

  private DemoVerdict() {}

  static DemoReport of(
      DemoSystem system,
      List<DemoSystem.Run> runs,
      List<GoldenSample> samples,
      List<SystemGlance> systems)
      throws IOException {
    DemoSystem.Run first = runs.get(0);
    boolean waveforms = true;
    boolean summaries = true;
    boolean passed = true;
    List<DemoReport.Simulation> simulations = new ArrayList<>();
    for (DemoSystem.Run run : runs) {
      waveforms &= Files.mismatch(first.trace(), run.trace()) == -1;
      summaries &= Objects.equals(first.result().summaryJson(), run.result().summaryJson());
      passed &= run.verdict().startsWith("TB PASS") && run.result().status() == 0;
      simulations.add(
          new DemoReport.Simulation(
              run.kind().toString(),
              run.verdict(),
              run.result().status(),
              Simulator.seconds(run.result().elapsedNs()),
              system.waveform(run.kind()).toString(),
              JsonReport.parse(run.result().summaryJson())));
    }
    double ngspiceS = 0;
    List<DemoReport.Sample> sampled = new ArrayList<>();
    for (GoldenSample sample : samples) {
      double seconds = Simulator.seconds(sample.ngspiceNs());
      ngspiceS += seconds * sample.bankInstances() / sample.instances().size();
      passed &= isWithinLimits(sample.errors());
      sampled.add(
          new DemoReport.Sample(
              sample.bank(),
              sample.circuit().name(),
              sample.bankInstances(),
              sample.instances().size(),
              sample.errors(),
              seconds));
    }
    return new DemoReport(
        passed && waveforms && summaries,
        simulations,
        waveforms,
        summaries,
        sampled,
        ngspiceS,
        systems);
  }

  private static boolean isWithinLimits(EventErrors errors) {
    return (errors.spikeF1() == null || errors.spikeF1() >= SPIKE_F1_LIMIT)
        && (errors.outputRmse() == null || errors.outputRmse() <= OUTPUT_LIMIT)
        && errors.latencyMape() <= LATENCY_LIMIT
        && errors.energyRunMean() <= ENERGY_LIMIT;
  }
}
