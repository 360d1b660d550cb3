package io.understudy.mnist.spiking;

import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.predict.SurrogateBank;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The neuron as training sees it: one membrane voltage, one step a period. A charge lifts it; above
 * the threshold it spikes and falls back; else it leaks, linearly.
 *
 * @param thresholdV the lifted membrane spikes above it, in V
 * @param resetV membrane after a spike, in V
 * @param keep share of the membrane that a period leaves
 * @param lossV what it takes beside that, in V
 */
record DiscreteNeuron(float thresholdV, float resetV, float keep, float lossV) {
  /** 1 of charge (432 fC) on the membrane's 500 fF, in V. */
  private static final double LIFT_V = 0.864;

  /** Volts that one charge code lifts. */
  static final float VOLTS_PER_CODE = (float) (LIFT_V * SpikingNetwork.CHARGE_LSB);

  /** Below ground the transistors' drains hold the membrane. */
  static final float FLOOR_V = -0.075f;

  private static final int INSTANCES = 200;
  private static final int PERIODS = 100;

  /** The membrane after a period without a spike. */
  float leak(float liftedV) {
    return Math.max(0, keep * liftedV - lossV);
  }

  /** What one period of one instance was. */
  private record Period(double liftedV, boolean spikes, double endV) {}

  /**
   * Fits it to what the surrogate does with random charges at the network's bias point.
   *
   * @param seed of the charges
   */
  static DiscreteNeuron fit(Surrogate surrogate, long seed) {
    List<Period> periods = periods(surrogate, new SplittableRandom(seed));
    double threshold = threshold(periods);
    double reset =
        periods.stream().filter(Period::spikes).mapToDouble(Period::endV).average().orElseThrow();
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (Period p : periods) {
      if (!p.spikes() && p.liftedV() > 0.15 && p.liftedV() < threshold) {
        n++;
        x += p.liftedV();
        y += p.endV();
        xx += p.liftedV() * p.liftedV();
        xy += p.liftedV() * p.endV();
      }
    }
    double keep = (n * xy - x * y) / (n * xx - x * x);
    return new DiscreteNeuron(
        (float) threshold, (float) reset, (float) keep, (float) ((keep * x - y) / n));
  }

  private static List<Period> periods(Surrogate surrogate, SplittableRandom random) {
    List<Period> periods = new ArrayList<>();
    double[][] parameters = new double[INSTANCES][];
    Arrays.fill(parameters, SpikingNetwork.biasPoint(surrogate.folder().circuit()));
    double[] lifted = new double[INSTANCES];
    double[] membrane = new double[INSTANCES];
    SurrogateBank bank =
        surrogate.open(
            parameters,
            (instance, step, kind, length, output, energyJ, latencyS, states) -> {
              if (kind != EventKind.E3) {
                periods.add(new Period(lifted[instance], output > 0, states[0]));
              }
              membrane[instance] = states[0];
            });
    StepRows rows = new StepRows(1, false);
    rows.reserveRows(INSTANCES);
    double[] strength = random.doubles(INSTANCES, 0.1, 1.2).toArray();
    for (int t = 0; t < PERIODS; t++) {
      rows.rows = INSTANCES;
      for (int i = 0; i < INSTANCES; i++) {
        rows.instance[i] = i;
        double charge = strength[i] * (0.2 + random.nextDouble() + random.nextDouble() - 1);
        rows.inputs[i] = Math.max(-2, Math.min(2, charge));
        lifted[i] = Math.max(FLOOR_V, membrane[i] + LIFT_V * rows.inputs[i]);
      }
      bank.step(t, rows);
    }
    bank.close(PERIODS);
    return periods;
  }

  /** Where fewest periods are decided wrongly. */
  private static double threshold(List<Period> periods) {
    List<Period> sorted = new ArrayList<>(periods);
    sorted.sort(java.util.Comparator.comparingDouble(Period::liftedV));
    long wrong = sorted.stream().filter(p -> !p.spikes()).count();
    long fewest = wrong;
    double best = sorted.get(0).liftedV();
    for (Period p : sorted) {
      wrong += p.spikes() ? 1 : -1;
      if (wrong < fewest) {
        fewest = wrong;
        best = p.liftedV();
      }
    }
    return best;
  }
}
