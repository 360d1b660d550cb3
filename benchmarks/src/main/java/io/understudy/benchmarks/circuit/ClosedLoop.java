package io.understudy.benchmarks.circuit;

import io.understudy.benchmarks.measure.PairedRounds;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EventListener;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.event.Stimulus;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.predict.SurrogateBank;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A bank that plays the same periods again and again, each instance one of a few stimuli, its
 * states running on. Everything but the evaluation is prepared beforehand.
 *
 * <p>Where a circuit shares its inputs in a bank, all instances get the first stimulus' inputs.
 */
public final class ClosedLoop {
  private final StepRows rows;
  private final int[][] instance;
  private final double[][] inputs;
  private final int periods;
  private final SurrogateBank bank;
  private long period;

  /**
   * @param stimuli are given to the instances in turn
   * @param instances of the bank
   * @param periods of the cycle
   * @param listener is told of each event, or null
   */
  public ClosedLoop(
      Surrogate surrogate,
      List<Stimulus.Instance> stimuli,
      int instances,
      int periods,
      EventListener listener) {
    Circuit circuit = surrogate.folder().circuit();
    int width = circuit.inputColumns().size();
    this.rows = new StepRows(width, circuit.hasSharedInputs());
    this.periods = periods;
    this.instance = new int[periods][];
    this.inputs = new double[periods][];
    for (int p = 0; p < periods; p++) {
      prepare(p, stimuli, instances, width, circuit.hasSharedInputs());
    }
    this.bank = surrogate.open(parameters(stimuli, instances), listener);
  }

  /** Parameters of each instance; rows are shared. */
  public static double[][] parameters(List<Stimulus.Instance> stimuli, int instances) {
    double[][] of =
        stimuli.stream()
            .map(s -> s.parameters().stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    double[][] all = new double[instances][];
    Arrays.setAll(all, i -> of[i % of.length]);
    return all;
  }

  private void prepare(
      int p, List<Stimulus.Instance> stimuli, int instances, int width, boolean shared) {
    List<List<Double>> now = new ArrayList<>();
    for (Stimulus.Instance stimulus : stimuli) {
      now.add(
          stimulus.rows().stream()
              .filter(row -> row.step() == p)
              .findFirst()
              .map(Stimulus.Row::values)
              .orElse(null));
    }
    int[] named = new int[instances];
    double[] values = new double[shared ? width : instances * width];
    int count = 0;
    for (int i = 0; i < instances; i++) {
      List<Double> row = now.get(shared ? 0 : i % now.size());
      if (row != null) {
        for (int k = 0; k < width; k++) {
          values[(shared ? 0 : count) * width + k] = row.get(k);
        }
        named[count++] = i;
      }
    }
    instance[p] = Arrays.copyOf(named, count);
    inputs[p] = shared ? values : Arrays.copyOf(values, count * width);
  }

  /** One cycle; returns a number that depends on all events. */
  public double cycle() {
    for (int p = 0; p < periods; p++) {
      rows.rows = instance[p].length;
      rows.instance = instance[p];
      rows.inputs = inputs[p];
      bank.step(period++, rows);
    }
    return bank.totals().energyJ();
  }

  /** Ends the run after what was played. */
  public void close() {
    bank.close(period);
  }

  /** Events so far. */
  public long events() {
    BankTotals totals = bank.totals();
    return totals.e1 + totals.e2 + totals.e3;
  }

  /** CPU time of an event in ns, the mean of so many cycles. */
  public double eventNs(long cycles) {
    long before = events();
    long start = PairedRounds.cpuNs();
    for (long k = 0; k < cycles; k++) {
      cycle();
    }
    return (double) (PairedRounds.cpuNs() - start) / (events() - before);
  }
}
