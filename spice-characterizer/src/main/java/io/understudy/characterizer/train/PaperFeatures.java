package io.understudy.characterizer.train;

import io.understudy.characterizer.baseline.Sample;
import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.PredictorSpec.Moment;
import io.understudy.surrogate.predict.PredictorPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What the LASANA paper (MLCAD 2025) shows its models of an event: the inputs, the first state at
 * its start, the parameters and its length, as far as they are known when a predictor runs.
 */
final class PaperFeatures {
  private final Circuit circuit;

  PaperFeatures(Circuit circuit) {
    this.circuit = circuit;
  }

  /** Their names. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    circuit.inputs().forEach(input -> names.add(input.name()));
    names.add(circuit.stateNames().get(0));
    circuit.parameters().forEach(parameter -> names.add(parameter.name()));
    names.add("periods");
    return names;
  }

  /** The rows that teach a predictor, at most so many, drawn by the seed and in their order. */
  static List<Integer> draw(EventTable table, TargetRows source, int most, long seed) {
    List<Integer> rows = new ArrayList<>();
    for (int r = 0; r < table.rows().size(); r++) {
      if (source.teaches(table.rows().get(r))) {
        rows.add(r);
      }
    }
    if (rows.size() <= most) {
      return rows;
    }
    Collections.shuffle(rows, new Random(seed));
    return rows.subList(0, most).stream().sorted().toList();
  }

  /** Features and quantities of some of a table's rows. */
  Sample sample(PredictorPlan plan, EventTable table, List<Integer> rows) {
    TargetRows source = new TargetRows(table, plan, circuit);
    double[][] features = new double[rows.size()][];
    double[] targets = new double[rows.size()];
    for (int k = 0; k < targets.length; k++) {
      DatasetRow row = table.rows().get(rows.get(k));
      features[k] = features(plan.spec().on(), table.columns(), row);
      targets[k] = source.quantity(row);
    }
    return new Sample(features, targets);
  }

  private double[] features(Moment on, EventTable.Columns columns, DatasetRow row) {
    boolean lengthKnown = on == Moment.E3 || on == Moment.E3_UNSETTLED;
    boolean idle = on == Moment.IDLE || on == Moment.LATE || lengthKnown;
    // Between pulses there is no input; an idle stretch's length is known at its end.
    int inputs = idle && !circuit.hasHeldInputs() ? 0 : columns.inputWidth();
    double[] all = new double[inputs + 1 + columns.parameterWidth() + (lengthKnown ? 1 : 0)];
    double[] values = row.values();
    System.arraycopy(values, columns.inputs(), all, 0, inputs);
    all[inputs] = values[columns.states()];
    System.arraycopy(values, columns.parameters(), all, inputs + 1, columns.parameterWidth());
    if (lengthKnown) {
      all[all.length - 1] = row.periods();
    }
    return all;
  }
}
