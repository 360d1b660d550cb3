package io.understudy.benchmarks.crossing;

import io.understudy.server.registry.ModelEntry;
import io.understudy.server.session.BankBackend;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EventListener;
import io.understudy.surrogate.event.RowFlags;
import io.understudy.surrogate.event.StepRows;
import java.util.Arrays;

/**
 * Answers each row with its first input and constants: what a crossing costs with the evaluation
 * left out.
 */
final class EchoBackend implements BankBackend {
  private static final long DELAY_FS = 1_000_000;
  private static final double EVENT_J = 1e-15;

  @Override
  public BankEvaluator open(
      ModelEntry model, int instances, double[][] parameters, EventListener listener) {
    return new EchoBank(instances);
  }

  private record EchoBank(int instances, BankTotals totals) implements BankEvaluator {
    EchoBank(int instances) {
      this(instances, new BankTotals());
    }

    @Override
    public void step(long period, StepRows rows) {
      int count = rows.rows;
      rows.reserveAnswers(count);
      rows.answers = count;
      System.arraycopy(rows.instance, 0, rows.answered, 0, count);
      for (int r = 0; r < count; r++) {
        rows.output[r] = rows.inputs[rows.inputOffset(r)];
      }
      Arrays.fill(rows.delayFs, 0, count, DELAY_FS);
      Arrays.fill(rows.eventEnergyJ, 0, count, EVENT_J);
      Arrays.fill(rows.idleEnergyJ, 0, count, 0);
      Arrays.fill(rows.flags, 0, count, RowFlags.E1);
    }

    @Override
    public void close(long endPeriod) {
      totals.idlePeriods = 0;
    }
  }
}
