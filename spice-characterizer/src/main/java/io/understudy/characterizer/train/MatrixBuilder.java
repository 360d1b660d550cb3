package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.feature.FeatureGroup;
import io.understudy.surrogate.feature.FeatureProgram;
import io.understudy.surrogate.predict.PredictorPlan;
import java.util.List;
import java.util.Map;
import java.util.Random;

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
   * Noise on the states, so that a surrogate that lives on its own predictions meets in training
   * what it will meet.
   *
   * @param deviation in V; 0 for none
   * @param copies of each row, each with noise of its own
   * @param seed of the noise
   */
  record Noise(double deviation, int copies, long seed) {
    static final Noise NONE = new Noise(0, 1, 0);
  }

  /**
   * A predictor's matrix.
   *
   * @throws TrainingException naming the row and the feature that is not finite
   */
  FeatureMatrix build(PredictorPlan plan, EventTable table, Noise noise) {
    int group = plans.indexOf(plan);
    int width = program.width(group);
    TargetRows source = new TargetRows(table, plan, circuit);
    List<DatasetRow> rows = source.rows();
    int count = rows.size() * noise.copies;
    double[] values = new double[Math.multiplyExact(count, width)];
    double[] targets = new double[count];
    double[] features = new double[width];
    double[] states = new double[table.columns().stateWidth()];
    RowContext context = new RowContext(program, table.columns());
    Random random = new Random(noise.seed);
    double meanLatencyS = meanLatencyS(rows, table);
    int at = 0;
    for (int copy = 0; copy < noise.copies; copy++) {
      for (DatasetRow row : rows) {
        System.arraycopy(row.values(), table.columns().states(), states, 0, states.length);
        for (int k = 0; k < states.length && noise.deviation > 0; k++) {
          states[k] += noise.deviation * random.nextGaussian();
        }
        // Serving shows 0 in an idle stretch without output, else its prediction.
        double latencyS = row.kind() == EventKind.E3 ? 0 : meanLatencyS;
        context.evaluate(group, row, states, latencyS, features);
        check(plan, table, row, features);
        System.arraycopy(features, 0, values, at * width, width);
        targets[at++] = source.target(row, states);
      }
    }
    return new FeatureMatrix(values, width, targets);
  }

  private static double meanLatencyS(List<DatasetRow> rows, EventTable table) {
    return rows.stream()
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
