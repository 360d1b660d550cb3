package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.feature.FeatureGroup;
import io.understudy.surrogate.feature.FeatureProgram;
import io.understudy.surrogate.predict.PredictorPlan;
import java.util.List;
import java.util.Map;

/** Builds predictors' matrices from a dataset, with the features that serving computes. */
final class MatrixBuilder {
  private final Circuit circuit;
  private final List<PredictorPlan> plans;
  private final FeatureProgram program;

  /**
   * @param fits coefficients of the circuit's fits
   */
  MatrixBuilder(Circuit circuit, Map<String, double[]> fits, List<PredictorPlan> plans) {
    this.circuit = circuit;
    this.plans = plans;
    this.program =
        FeatureProgram.compile(
            circuit,
            fits,
            plans.stream()
                .map(
                    plan ->
                        new FeatureGroup(
                            "features of " + plan.name(),
                            plan.features(),
                            plan.stage().visible(circuit),
                            0))
                .toList());
  }

  /**
   * A predictor's matrix.
   *
   * @param starts each shows all of the table's rows once, one after the other
   * @throws TrainingException naming the row and the feature that is not finite
   */
  FeatureMatrix build(PredictorPlan plan, EventTable table, List<Starts> starts) {
    int group = plans.indexOf(plan);
    int width = program.width(group);
    TargetRows source = new TargetRows(table, plan, circuit);
    RowContext context = new RowContext(program, table.columns());
    double meanLatencyS = meanLatencyS(source, table);
    MatrixRows rows = new MatrixRows(width);
    double[] features = new double[width];
    double[] states = new double[table.columns().stateWidth()];
    for (Starts start : starts) {
      for (int r = 0; r < table.rows().size(); r++) {
        DatasetRow row = table.rows().get(r);
        if (source.teaches(row) && start.states(r, row, states)) {
          double latencyS = start.latencyS(r, row);
          if (Double.isNaN(latencyS)) {
            // Serving shows 0 in an idle stretch without output, else its prediction.
            latencyS = row.kind() == EventKind.E3 ? 0 : meanLatencyS;
          }
          context.evaluate(group, row, states, latencyS, features);
          check(plan, table, row, features);
          rows.add(features, source.target(row, states));
        }
      }
    }
    return rows.matrix();
  }

  private static double meanLatencyS(TargetRows source, EventTable table) {
    return table.rows().stream()
        .filter(source::teaches)
        .mapToDouble(table::latencyS)
        .filter(latency -> !Double.isNaN(latency))
        .average()
        .orElse(0);
  }

  private static void check(
      PredictorPlan plan, EventTable table, DatasetRow row, double[] features) {
    for (int k = 0; k < features.length; k++) {
      if (!Double.isFinite(features[k])) {
        throw new TrainingException(
            table.where(row)
                + ": feature value "
                + (k + 1)
                + " of "
                + plan.name()
                + ": "
                + features[k]
                + " (expected: a finite number)");
      }
    }
  }
}
