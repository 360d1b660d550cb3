package io.understudy.characterizer.train;

import io.understudy.characterizer.ProgressListener;
import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.characterizer.train.PredictorTrainer.Learned;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.Parameter;
import io.understudy.surrogate.provenance.SurrogateManifest.TrainedPredictor;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what does not vary in the data. Nothing can be learned from it: a parameter that should
 * vary is refused, all else is said.
 */
final class ConstantColumns {
  private ConstantColumns() {}

  /**
   * Looks at the parameters.
   *
   * @throws TrainingException naming a parameter that varies by circuit.yaml, but not in the data
   */
  static void checkParameters(Circuit circuit, EventTable table, ProgressListener listener) {
    int column = table.columns().parameters();
    for (Parameter parameter : circuit.parameters()) {
      List<String> constant = new ArrayList<>();
      boolean varies = false;
      double first = table.rows().get(0).values()[column];
      for (String name : parameter.columns()) {
        double value = table.rows().get(0).values()[column];
        if (isConstant(table, column)) {
          constant.add(name + " = " + value);
        }
        varies |= value != first || !isConstant(table, column);
        column++;
      }
      if (!varies && parameter.constant().isEmpty()) {
        throw new TrainingException(
            table.origin()
                + ": parameter "
                + parameter.name()
                + ": "
                + first
                + " in all runs (expected: several values, "
                + parameter.expected()
                + "; more runs, or values: ["
                + first
                + "] in circuit.yaml)");
      }
      if (!constant.isEmpty()) {
        listener.note(
            "the same in all runs: "
                + String.join(", ", constant)
                + ": how the circuit depends on it is not learned");
      }
    }
  }

  private static boolean isConstant(EventTable table, int column) {
    double first = table.rows().get(0).values()[column];
    for (DatasetRow row : table.rows()) {
      if (row.values()[column] != first) {
        return false;
      }
    }
    return true;
  }

  /** Names the features that had one value in all rows of a predictor. */
  static void noteFeatures(List<Learned> learned, ProgressListener listener) {
    for (Learned l : learned) {
      TrainedPredictor predictor = l.predictor();
      int values = predictor.featureMin().length;
      boolean scalars = values == predictor.features().size();
      List<String> names = new ArrayList<>();
      for (int k = 0; k < values; k++) {
        if (predictor.featureMin()[k] == predictor.featureMax()[k]) {
          String name = scalars ? predictor.features().get(k) : "value " + (k + 1);
          names.add(name + " = " + predictor.featureMin()[k]);
        }
      }
      if (!names.isEmpty()) {
        listener.note(
            predictor.name()
                + ": the same in all rows: "
                + String.join(", ", names)
                + ": nothing is learned from it");
      }
    }
  }
}
