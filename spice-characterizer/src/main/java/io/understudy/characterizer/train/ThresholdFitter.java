package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.ThresholdFit;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.feature.FeatureGroup;
import io.understudy.surrogate.feature.FeatureGroup.Visible;
import io.understudy.surrogate.feature.FeatureProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Learns a circuit's fits: where a feature stands when the decision flips. In the log odds {@code a
 * + b of + c1 term1 + ...} the flip is at {@code of = -(a + c1 term1 + ...) / b}.
 */
final class ThresholdFitter {
  private ThresholdFitter() {}

  /**
   * Learns all fits, in the circuit's order; a fit may use those before it.
   *
   * @return intercept, then one coefficient for each term, by the fit's name
   * @throws TrainingException when the data know one decision only, or it does not depend on the
   *     feature
   */
  static Map<String, double[]> fit(Circuit circuit, EventTable table) {
    Map<String, double[]> fits = new LinkedHashMap<>();
    circuit.fits().forEach((name, fit) -> fits.put(name, fit(circuit, table, name, fit, fits)));
    return fits;
  }

  private static double[] fit(
      Circuit circuit,
      EventTable table,
      String name,
      ThresholdFit fit,
      Map<String, double[]> known) {
    if (!circuit.hasEventOutput() || !fit.decides().equals(circuit.output().name())) {
      throw new TrainingException(
          "fits."
              + name
              + ".decides: "
              + fit.decides()
              + " (expected: the circuit's event output)");
    }
    List<String> expressions = new ArrayList<>(List.of(fit.of()));
    expressions.addAll(fit.terms());
    FeatureMatrix matrix = matrix(circuit, table, name, expressions, known);
    double share = Arrays.stream(matrix.targets()).average().orElse(0);
    if (!(share > 0 && share < 1)) {
      throw new TrainingException(
          "fits."
              + name
              + ": share of "
              + fit.decides()
              + ": "
              + share
              + " (expected: both kinds)");
    }
    double[] odds = LinearFit.logistic(matrix, matrix.targets());
    if (odds[1] == 0) {
      throw new TrainingException(
          "fits." + name + ".of: " + fit.of() + " does not vary (expected: a varying feature)");
    }
    double[] coefficients = new double[fit.terms().size() + 1];
    coefficients[0] = -odds[0] / odds[1];
    for (int k = 1; k < coefficients.length; k++) {
      coefficients[k] = -odds[k + 1] / odds[1];
    }
    return coefficients;
  }

  private static FeatureMatrix matrix(
      Circuit circuit,
      EventTable table,
      String name,
      List<String> expressions,
      Map<String, double[]> known) {
    FeatureGroup group = new FeatureGroup("fits." + name, expressions, Set.of(Visible.INPUTS), 0);
    FeatureProgram program = FeatureProgram.compile(circuit, known, List.of(group));
    List<DatasetRow> rows =
        table.rows().stream().filter(row -> row.kind() != EventKind.E3).toList();
    int width = program.width(0);
    double[] values = new double[rows.size() * width];
    double[] targets = new double[rows.size()];
    double[] features = new double[width];
    double[] states = new double[table.columns().stateWidth()];
    RowContext context = new RowContext(program, table.columns());
    for (int r = 0; r < targets.length; r++) {
      DatasetRow row = rows.get(r);
      System.arraycopy(row.values(), table.columns().states(), states, 0, states.length);
      context.evaluate(0, row, states, 0, features);
      System.arraycopy(features, 0, values, r * width, width);
      targets[r] = table.output(row) > 0 ? 1 : 0;
    }
    return new FeatureMatrix(values, width, targets);
  }
}
