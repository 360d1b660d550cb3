package io.understudy.cli.bench;

import io.understudy.benchmarks.BenchReport;
import io.understudy.benchmarks.circuit.CircuitBench;
import io.understudy.benchmarks.crossing.CrossingBench;
import io.understudy.benchmarks.evaluator.EvaluatorBench;
import io.understudy.benchmarks.scale.ScaleBench;
import io.understudy.benchmarks.simulator.ShadowFigures;
import io.understudy.benchmarks.simulator.SimulatorBench;
import io.understudy.surrogate.compare.EventErrors;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** A benchmark's figures as text. */
final class BenchTable {
  private final PrintStream out;

  BenchTable(PrintStream out) {
    this.out = out;
  }

  void print(BenchReport report) {
    line(
        "%s, %d cores, Linux %s, %s, commit %s, %s",
        report.machine().cpu(),
        report.machine().cores(),
        report.machine().kernel(),
        report.machine().java(),
        report.machine().commit(),
        report.machine().date());
    if (report.evaluator() != null) {
      evaluator(report.evaluator());
    }
    if (report.circuits() != null) {
      circuits(report.circuits());
    }
    if (report.crossing() != null) {
      crossing(report.crossing());
    }
    if (report.scale() != null) {
      scale(report.scale());
    }
    if (report.simulators() != null) {
      simulators(report.simulators());
    }
    if (report.shadow() != null) {
      shadow(report.shadow());
    }
    line("");
    line("%.0f s", report.wallS());
  }

  private void evaluator(EvaluatorBench.Figures figures) {
    line("");
    line("Evaluator, %d forests, one thread: times faster than", figures.forests().size());
    line("  lightgbm4j, batch of %,d rows       %8.1f", figures.rows(), figures.batchRatio());
    line("  LightGBM's library, the same batch   %8.1f", figures.nativeBatchRatio());
    line("  SingleRowFast, a row at a time       %8.1f", figures.singleRatio());
    line("  lightgbm4j's SingleRow               %8.1f", figures.singleRowRatio());
    line(
        "  %-44s %6s %7s %9s %9s %7s %7s",
        "forest", "trees", "leaves", "batch ns", "single ns", "x", "x");
    for (EvaluatorBench.ForestFigures f : figures.forests()) {
      line(
          "  %-44s %6d %7d %9.0f %9.0f %7.1f %7.1f",
          f.circuit() + " " + f.predictor(),
          f.trees(),
          f.leaves(),
          f.batchNs(),
          f.singleNs(),
          f.batchRatio(),
          f.singleRatio());
    }
  }

  private void circuits(Map<String, CircuitBench.Figures> figures) {
    line("");
    line("Whole events in a closed loop, one core, 1,000 instances; ngspice on the same stimuli");
    line(
        "  %-20s %10s %14s %10s  %s",
        "circuit", "event ns", "ngspice ns", "x", "the surrogate's error in these runs");
    figures.forEach(
        (name, f) ->
            line(
                "  %-20s %10.0f %14.0f %10.0f  %s",
                name, f.eventNs(), f.ngspiceEventNs(), f.ngspiceRatio(), errors(f.errors())));
    figures.forEach(
        (name, f) ->
            f.sizes()
                .forEach(
                    size ->
                        line(
                            "  %-20s %,10d instances %12.0f ns an event %,14.0f events/s",
                            name, size.instances(), size.eventNs(), size.eventsPerS())));
  }

  private static String errors(EventErrors errors) {
    String first =
        errors.spikeF1() == null
            ? format("output %.2f %%, ", 100 * errors.outputRmse())
            : format("spike F1 %.4f, ", errors.spikeF1());
    return first
        + format(
            "latency %.2f %%, energy of a run %.2f %%",
            100 * errors.latencyMape(), 100 * errors.energyRunMean());
  }

  private void crossing(CrossingBench.Figures figures) {
    line("");
    line("Round trips, evaluation left out, both ends on one core, against a C echo of the bytes");
    line(
        "  %-8s %-6s %10s %12s %12s %8s",
        "address", "client", "instances", "median us", "echo us", "times");
    for (CrossingBench.TripFigures f : figures.trips()) {
      line(
          "  %-8s %-6s %,10d %12.1f %12.1f %8.2f",
          f.address(), f.client(), f.instances(), f.medianNs() / 1e3, f.echoNs() / 1e3, f.ratio());
    }
    line("  allocated for a frame: %.2f bytes", figures.allocationBytesPerFrame());
  }

  private void scale(ScaleBench.Figures figures) {
    line("");
    line(
        "%s: an event at 100,000 instances costs %.2f times one at 1,000; %.0f bytes an instance"
            + " and %.0f of parameters",
        figures.circuit(),
        figures.costRatio(),
        figures.bytesPerInstance(),
        figures.parameterBytesPerInstance());
    for (ScaleBench.SizeFigures f : figures.sizes()) {
      line(
          "  %,10d instances %12.0f ns an event %,14.0f events/s",
          f.instances(), f.eventNs(), f.eventsPerS());
    }
  }

  private void simulators(Map<String, SimulatorBench.Figures> figures) {
    line("");
    line("One evaluation in a simulator, 1,000 neurons: what the wrapper's calls add");
    figures.forEach(
        (name, f) ->
            line(
                "  %-10s %8.0f ns (%.2f s with the calls, %.2f s without, %,d evaluations)",
                name, f.evaluationNs(), f.callsS(), f.noCallsS(), f.evaluations()));
  }

  private void shadow(ShadowFigures f) {
    line("");
    line(
        "%,d neurons in Icarus, ngspice following %d of them on %d cores: %.2f s, with the surrogate"
            + " alone %.2f s",
        f.instances(), f.followed(), f.cores(), f.shadowS(), f.surrogateS());
    line(
        "  ngspice alone, uninterrupted, %.2f s: the simulation takes %.2f times that longer",
        f.ngspiceS(), f.slowdownRatio());
    line(
        "  CPU time of ngspice %.2f s, added to the server's %.2f s",
        f.ngspiceCpuS(), f.serverCpuS());
  }

  private void line(String pattern, Object... values) {
    out.println(format(pattern, values));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
