package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.predict.PredictorPlan;

/** Which events teach a predictor, and what they teach. */
final class TargetRows {
  private final EventTable table;
  private final PredictorPlan plan;
  private final MomentRows moments;
  private final int state;

  TargetRows(EventTable table, PredictorPlan plan, Circuit circuit) {
    this.table = table;
    this.plan = plan;
    this.moments = new MomentRows(circuit, table);
    this.state = circuit.stateNames().indexOf(plan.target());
  }

  /** Whether a row teaches the predictor. */
  boolean teaches(DatasetRow row) {
    boolean hasLatency = !Double.isNaN(table.latencyS(row));
    return moments.has(plan.spec().on(), row)
        && (!plan.target().equals(PredictorPlan.LATENCY) || hasLatency);
  }

  /**
   * A row's target in its unit; 1 or 0 for a decision.
   *
   * @param states at the event's start, as the features see them
   */
  double target(DatasetRow row, double[] states) {
    // A change starts where the features start: with noise on them it leads back to the golden end.
    double quantity = quantity(row);
    if (plan.spec().perPeriod()) {
      return quantity / row.periods();
    }
    return plan.spec().change() && state >= 0 ? quantity - states[state] : quantity;
  }

  /** What the predictor is about, in its unit: for a state its end, learned as a change or not. */
  double quantity(DatasetRow row) {
    if (plan.decides()) {
      return table.output(row) > 0 ? 1 : 0;
    }
    if (plan.target().equals(PredictorPlan.LATENCY)) {
      return table.latencyS(row);
    }
    if (plan.target().equals(PredictorPlan.ENERGY)) {
      return table.energyJ(row);
    }
    return state < 0 ? table.output(row) : row.values()[table.columns().ends() + state];
  }

  /**
   * The quantity of a predicted target.
   *
   * @param target as the predictor has it
   */
  double quantity(DatasetRow row, double target) {
    if (plan.spec().perPeriod()) {
      return target * row.periods();
    }
    return plan.spec().change() && state >= 0
        ? target + row.values()[table.columns().states() + state]
        : target;
  }
}
