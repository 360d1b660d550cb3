package io.understudy.cli.demo;

import io.understudy.cli.mnist.SystemGlance;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.EventKind;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Prints what the demo found: each quantity by the surrogate and by ngspice side by side. */
final class DemoTable {
  private static final int SHOWN_EVENTS = 10;

  private final PrintStream out;

  DemoTable(PrintStream out) {
    this.out = out;
  }

  void print(DemoReport report, List<GoldenSample> samples) {
    line("The testbench crossbar_neuron: a controller, a tile of crossbar rows, a bank of neurons");
    for (DemoReport.Simulation simulation : report.simulations()) {
      line("  %-10s %s", simulation.simulator(), simulation.verdict());
    }
    line(
        "  waveforms in both simulators: %s",
        report.waveformsIdentical() ? "identical" : "DIFFERENT");
    line(
        "  crossings, energies and delays in both: %s",
        report.summariesIdentical() ? "identical" : "DIFFERENT");
    for (GoldenSample sample : samples) {
      sample(sample);
      events(sample);
    }
    times(report);
    systems(report.systems());
    line("");
    if (report.passed()) {
      line("PASSED: outputs, delays and energies lie within the limits of what ngspice says");
    } else {
      line(
          "FAILED: see above (expected: TB PASS, identical results, spike F1 >= %.2f, output <= %.0f %% of the swing, delay <= %.0f %%, energy <= %.0f %%)",
          DemoVerdict.SPIKE_F1_LIMIT,
          100 * DemoVerdict.OUTPUT_LIMIT,
          100 * DemoVerdict.LATENCY_LIMIT,
          100 * DemoVerdict.ENERGY_LIMIT);
    }
    line("See the waveform: gtkwave %s", report.simulations().get(0).waveform());
  }

  private void times(DemoReport report) {
    line("");
    line("Time for the whole run");
    for (DemoReport.Simulation simulation : report.simulations()) {
      line(
          "  %-22s %8.2f s   RTL, crossings and surrogates: %.0f times faster than ngspice",
          simulation.simulator(), simulation.wallS(), report.ngspiceS() / simulation.wallS());
    }
    line(
        "  %-22s %8.2f s   the macros alone, on all cores, from the sample's time",
        "ngspice", report.ngspiceS());
  }

  private void systems(List<SystemGlance> systems) {
    line("");
    line("Two whole classifiers of digits in Icarus, a few images each");
    for (SystemGlance system : systems) {
      line(
          "  %-22s %6d macros   digits %s   %.3f nJ and %.1f ns an image, in %.2f s",
          system.system(),
          system.instances(),
          system.digits(),
          system.energyJPerImage() * 1e9,
          system.latencyS() * 1e9,
          system.wallSPerImage());
    }
    line("  More: ./understudy demo mnist-crossbar, ./understudy demo mnist-spiking");
  }

  private void sample(GoldenSample sample) {
    EventErrors errors = sample.errors();
    line("");
    line(
        "%s, bank %s: %d of its %d instances through ngspice, with the inputs that they had",
        sample.circuit().name(), sample.bank(), sample.instances().size(), sample.bankInstances());
    line("  %-22s %16s %16s   %s", "", "surrogate", "ngspice", "error");
    if (errors.spikeF1() != null) {
      line(
          "  %-22s %16d %16d   F1 %.4f, matched within 1 ns",
          "output: spikes", errors.predictedSpikes(), errors.goldenSpikes(), errors.spikeF1());
    } else {
      line(
          "  %-22s %16s %16s   %.3f %% of the swing (RMS)",
          "output: mean",
          volts(mean(sample, true, EventRecord::output)),
          volts(mean(sample, false, EventRecord::output)),
          100 * errors.outputRmse());
    }
    line(
        "  %-22s %16s %16s   %.2f %% mean over the events that match",
        "delay: mean",
        nanoseconds(latency(sample, true)),
        nanoseconds(latency(sample, false)),
        100 * errors.latencyMape());
    for (EventKind kind : EventKind.values()) {
      if (errors.energyMape().containsKey(kind)) {
        line(
            "  %-22s %16s %16s   %.2f %% mean an event",
            "energy: " + kind,
            energy(sum(sample, true, kind)),
            energy(sum(sample, false, kind)),
            100 * errors.energyMape().get(kind));
      }
    }
    line(
        "  %-22s %16s %16s   %.2f %% in all, %.2f %% mean an instance",
        "energy: all",
        energy(sum(sample, true, null)),
        energy(sum(sample, false, null)),
        100 * errors.energyTotal(),
        100 * errors.energyRunMean());
  }

  private void events(GoldenSample sample) {
    line("");
    line(
        "  events of instance %d     output             delay, ns          energy, fJ",
        sample.instances().get(0));
    line("    time      kind       surr.   ngspice     surr.   ngspice      surr.    ngspice");
    List<EventPair> all = sample.pairs().stream().filter(p -> p.golden().run() == 0).toList();
    int from = Math.max(0, firstOutput(all) - 2);
    List<EventPair> shown = all.subList(from, Math.min(all.size(), from + SHOWN_EVENTS));
    double periodNs = sample.circuit().clock().periodS() * 1e9;
    for (EventPair pair : shown) {
      EventRecord p = pair.predicted();
      EventRecord g = pair.golden();
      line(
          "    %6.0f ns %s x%-4d %8.4f  %8.4f  %8s  %8s %10.3f %10.3f",
          p.step() * periodNs,
          p.kind(),
          p.periods(),
          p.output(),
          g.output(),
          delay(p),
          delay(g),
          p.energyJ() * 1e15,
          g.energyJ() * 1e15);
    }
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments).stripTrailing());
  }

  /** Index of the first event with an output that has a delay; 0 if there is none. */
  private static int firstOutput(List<EventPair> pairs) {
    for (int k = 0; k < pairs.size(); k++) {
      if (!Double.isNaN(pairs.get(k).golden().latencyS())) {
        return k;
      }
    }
    return 0;
  }

  private static String delay(EventRecord event) {
    return Double.isNaN(event.latencyS())
        ? "-"
        : String.format(Locale.ROOT, "%.3f", event.latencyS() * 1e9);
  }

  private static double sum(GoldenSample sample, boolean predicted, EventKind kind) {
    return sample.pairs().stream()
        .map(pair -> predicted ? pair.predicted() : pair.golden())
        .filter(event -> kind == null || event.kind() == kind)
        .mapToDouble(EventRecord::energyJ)
        .sum();
  }

  private static double mean(
      GoldenSample sample, boolean predicted, ToDoubleFunction<EventRecord> value) {
    return sample.pairs().stream()
        .map(pair -> predicted ? pair.predicted() : pair.golden())
        .mapToDouble(value)
        .average()
        .orElse(0);
  }

  private static double latency(GoldenSample sample, boolean predicted) {
    return sample.pairs().stream()
        .map(pair -> predicted ? pair.predicted() : pair.golden())
        .mapToDouble(EventRecord::latencyS)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  private static String volts(double value) {
    return String.format(Locale.ROOT, "%.4f V", value);
  }

  private static String nanoseconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f ns", seconds * 1e9);
  }

  private static String energy(double joules) {
    return Math.abs(joules) < 1e-12
        ? String.format(Locale.ROOT, "%.3f fJ", joules * 1e15)
        : String.format(Locale.ROOT, "%.3f pJ", joules * 1e12);
  }
}
