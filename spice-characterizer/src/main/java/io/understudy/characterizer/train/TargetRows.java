package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.PredictorSpec.Moment;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.predict.PredictorPlan;

/** Which events teach a predictor, and what they teach. */
final class TargetRows {
  private final EventTable table;
  private final PredictorPlan plan;
  private final int state;

  TargetRows(EventTable table, PredictorPlan plan, Circuit circuit) {
    this.table = table;
    this.plan = plan;
    this.state = circuit.stateNames().indexOf(plan.target());
  }

  /** Whether a row teaches the predictor. */
  boolean teaches(DatasetRow row) {
    boolean ofMoment =
        switch (plan.spec().on()) {
          case INPUT -> row.kind() != EventKind.E3;
          case E1 -> row.kind() == EventKind.E1;
          case E2 -> row.kind() == EventKind.E2;
          case IDLE, LATE, E3 -> row.kind() == EventKind.E3;
        };
    boolean hasLatency = !Double.isNaN(table.latencyS(row));
    boolean late = plan.spec().on() != Moment.LATE || table.output(row) > 0;
    return ofMoment && late && (!plan.target().equals(PredictorPlan.LATENCY) || hasLatency);
  }

  /**
   * A row's target in its unit; 1 or 0 for a decision.
   *
   * @param states at the event's start, as the features see them
   */
  double target(DatasetRow row, double[] states) {
    // A change starts where the features start: with noise on them it leads back to the golden end.
    double quantity = quantity(row);
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
    return plan.spec().change() && state >= 0
        ? target + row.values()[table.columns().states() + state]
        : target;
  }
}
