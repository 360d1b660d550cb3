package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.provenance.SurrogateManifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ranges of a circuit's quantities in a dataset: what a surrogate has been shown. */
final class TrainedQuantities {
  private final Map<String, double[]> ranges = new LinkedHashMap<>();

  private TrainedQuantities() {}

  /**
   * Smallest and largest value of each of {@link SurrogateManifest#quantities}; one that never
   * occurs is left out.
   */
  static Map<String, double[]> ranges(Circuit circuit, EventTable table) {
    TrainedQuantities quantities = new TrainedQuantities();
    EventTable.Columns columns = table.columns();
    List<String> names = SurrogateManifest.quantities(circuit);
    int parameters = circuit.inputColumns().size();
    int states = parameters + circuit.parameterColumns().size();
    int periods = names.size() - 1;
    for (int k = 0; k < periods; k++) {
      int at =
          k < parameters
              ? columns.inputs() + k
              : k < states ? columns.parameters() + k - parameters : columns.states() + k - states;
      for (DatasetRow row : table.rows()) {
        quantities.include(names.get(k), row.values()[at]);
      }
    }
    table.rows().stream()
        .filter(row -> row.kind() == EventKind.E3)
        .forEach(row -> quantities.include(names.get(periods), row.periods()));
    return quantities.ranges;
  }

  /** An idle stretch between pulses has no inputs: their values are NaN. */
  private void include(String name, double value) {
    if (!Double.isNaN(value)) {
      double[] range = ranges.computeIfAbsent(name, n -> new double[] {value, value});
      range[0] = Math.min(range[0], value);
      range[1] = Math.max(range[1], value);
    }
  }
}
