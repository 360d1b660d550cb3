package io.understudy.server;

import io.understudy.server.registry.ModelEntry;
import io.understudy.server.session.BankBackend;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EvaluationException;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.EventListener;
import io.understudy.surrogate.event.RowFlags;
import io.understudy.surrogate.event.StepRows;

/**
 * Answers each row at once: the output is the sum of its inputs plus its first parameter, the delay
 * tells the period and the instance. An input of {@link #POISON} cannot be evaluated, one of {@link
 * #CRASH} is a defect.
 */
public final class SumBackend implements BankBackend {
  public static final double POISON = 666;
  public static final double CRASH = 667;
  public static final double EVENT_J = 1e-15;

  @Override
  public BankEvaluator open(
      ModelEntry model, int instances, double[][] parameters, EventListener listener) {
    int width = model.folder().circuit().inputColumns().size();
    return new SumBank(instances, width, parameters, listener);
  }

  private static final class SumBank implements BankEvaluator {
    private final int instances;
    private final int width;
    private final double[][] parameters;
    private final EventListener listener;
    private final BankTotals totals = new BankTotals();
    private final double[] states = new double[1];

    SumBank(int instances, int width, double[][] parameters, EventListener listener) {
      this.instances = instances;
      this.width = width;
      this.parameters = parameters;
      this.listener = listener;
    }

    @Override
    public int instances() {
      return instances;
    }

    @Override
    public void step(long period, StepRows rows) {
      rows.reserveAnswers(rows.rows);
      for (int r = 0; r < rows.rows; r++) {
        int instance = rows.instance[r];
        int at = rows.inputOffset(r);
        double sum = parameters[instance][0];
        for (int k = 0; k < width; k++) {
          sum += rows.inputs[at + k];
        }
        if (rows.inputs[at] == POISON) {
          throw new EvaluationException("instance " + instance + ": poison (expected: food)");
        }
        if (rows.inputs[at] == CRASH) {
          throw new IllegalStateException("a defect");
        }
        totals.crossings++;
        totals.e1++;
        totals.dynamicJ += EVENT_J;
        rows.answer(instance, sum, 1000 * period + instance, EVENT_J, 0, RowFlags.E1);
        if (listener != null) {
          listener.event(instance, period, EventKind.E1, 1, sum, EVENT_J, Double.NaN, states);
        }
      }
    }

    @Override
    public void close(long endPeriod) {
      totals.idlePeriods = endPeriod;
    }

    @Override
    public BankTotals totals() {
      return totals;
    }
  }
}
