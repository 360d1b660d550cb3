package io.understudy.cli.mnist;

import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EventKind;
import java.util.Arrays;

/** One layer's energy and outputs, by kind of event and by period; written to on one thread. */
final class LayerTally {
  private final String name;
  private int instances;
  private final double[] energyJ = new double[EventKind.values().length];
  private double[] energyByPeriodJ = new double[256];
  private int[] outputsByPeriod = new int[256];
  private double latencySumS;
  private long latencies;
  private long events;
  private long outside;

  LayerTally(String name) {
    this.name = name;
  }

  void add(int moreInstances) {
    instances += moreInstances;
  }

  void event(long step, EventKind kind, long periods, double energy, double latencyS) {
    energyJ[kind.ordinal()] += energy;
    int from = (int) step;
    int to = (int) (step + periods);
    if (to > energyByPeriodJ.length) {
      energyByPeriodJ = Arrays.copyOf(energyByPeriodJ, 2 * to);
      outputsByPeriod = Arrays.copyOf(outputsByPeriod, 2 * to);
    }
    // An idle stretch is one event: its energy is shown as spread evenly over it.
    for (int t = from; t < to; t++) {
      energyByPeriodJ[t] += energy / periods;
    }
    if (!Double.isNaN(latencyS)) {
      outputsByPeriod[from]++;
      latencySumS += latencyS;
      latencies++;
    }
  }

  void closed(BankTotals totals) {
    events += totals.e1 + totals.e2 + totals.e3;
    outside += totals.outside;
  }

  String name() {
    return name;
  }

  int instances() {
    return instances;
  }

  /** Energy in J of the whole run. */
  double energyJ(EventKind kind) {
    return energyJ[kind.ordinal()];
  }

  /** Energy in J of the whole run, all kinds of events together. */
  double energyJ() {
    return Arrays.stream(energyJ).sum();
  }

  /** Outputs (spikes, changed levels) of the whole run. */
  long outputs() {
    return latencies;
  }

  /** Mean latency of the outputs in s; NaN without any. */
  double meanLatencyS() {
    return latencySumS / latencies;
  }

  /** Share of the events that lie outside what the surrogate's training saw; NaN without any. */
  double outsideShare() {
    return (double) outside / events;
  }

  /** Energy in J of some periods. */
  double energyJ(long fromPeriod, long toPeriod) {
    double sum = 0;
    for (long t = Math.max(0, fromPeriod); t < toPeriod && t < energyByPeriodJ.length; t++) {
      sum += energyByPeriodJ[(int) t];
    }
    return sum;
  }

  /** Outputs (spikes, changed levels) in a period. */
  int outputs(long period) {
    return period < outputsByPeriod.length ? outputsByPeriod[(int) period] : 0;
  }
}
