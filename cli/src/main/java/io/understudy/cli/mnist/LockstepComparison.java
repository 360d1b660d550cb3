package io.understudy.cli.mnist;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs a small configuration twice. Where ngspice answers, the RTL reacts to what the circuits did:
 * other than with recorded crossings, a different output changes what comes after it.
 */
final class LockstepComparison {
  private final MnistSystem system;
  private final SystemSimulation simulation;

  /**
   * @param simulation of the small configuration, built
   */
  LockstepComparison(MnistSystem system, SystemSimulation simulation) {
    this.system = system;
    this.simulation = simulation;
  }

  /** Runs and prints. */
  LockstepReport run(int count, PrintStream out) throws IOException {
    EnergyTally surrogates = new EnergyTally(system);
    SystemSimulation.Run predicted = simulation.run(count, null, surrogates);
    System.err.println("understudy: the same with ngspice in lock step");
    EnergyTally ngspice = new EnergyTally(system);
    SystemSimulation.Run golden = simulation.runNgspice(count, ngspice);
    LockstepReport report = report(predicted, surrogates, golden, ngspice);
    print(out, predicted, golden, report);
    return report;
  }

  private static LockstepReport report(
      SystemSimulation.Run predicted,
      EnergyTally surrogates,
      SystemSimulation.Run golden,
      EnergyTally ngspice) {
    int same = 0;
    for (int k = 0; k < golden.images().size(); k++) {
      same += golden.images().get(k).digit() == predicted.images().get(k).digit() ? 1 : 0;
    }
    List<LockstepReport.Layer> layers = new ArrayList<>();
    double predictedJ = 0;
    double goldenJ = 0;
    for (int k = 0; k < ngspice.layers().size(); k++) {
      LayerTally p = surrogates.layers().get(k);
      LayerTally g = ngspice.layers().get(k);
      predictedJ += p.energyJ();
      goldenJ += g.energyJ();
      layers.add(
          new LockstepReport.Layer(
              g.name(), g.instances(), LockstepReport.Answer.of(p), LockstepReport.Answer.of(g)));
    }
    return new LockstepReport(
        golden.images().size(),
        same,
        Math.abs(predictedJ / goldenJ - 1),
        layers,
        predicted.wallS(),
        golden.wallS());
  }

  private static void print(
      PrintStream out,
      SystemSimulation.Run predicted,
      SystemSimulation.Run golden,
      LockstepReport report) {
    line(out, "  results of the images:    surrogates, then ngspice");
    for (int k = 0; k < report.images(); k++) {
      line(
          out,
          "    %s%n    %s",
          predicted.images().get(k).scores(),
          golden.images().get(k).scores());
    }
    line(out, "                               outputs           energy, pJ            delay, ns");
    line(out, "  layer       instances   surr.  ngspice     surr.    ngspice    surr.   ngspice");
    for (LockstepReport.Layer layer : report.layers()) {
      LockstepReport.Answer p = layer.surrogate();
      LockstepReport.Answer g = layer.ngspice();
      line(
          out,
          "  %-10s %10d %7d %8d %9.3f %10.3f %8s  %8s",
          layer.name(),
          layer.instances(),
          p.outputs(),
          g.outputs(),
          p.energyJ() * 1e12,
          g.energyJ() * 1e12,
          MnistTable.nanoseconds(p.meanLatencyS()),
          MnistTable.nanoseconds(g.meanLatencyS()));
    }
    line(
        out,
        "  %d of %d digits the same; energy error %.2f %%; %.2f s with the surrogates, %.2f s with"
            + " ngspice",
        report.sameDigits(),
        report.images(),
        100 * report.energyError(),
        report.surrogateS(),
        report.ngspiceS());
  }

  private static void line(PrintStream out, String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}
