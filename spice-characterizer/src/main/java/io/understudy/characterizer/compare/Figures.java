package io.understudy.characterizer.compare;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.Quantity;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.compare.EventPair;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The quantities of a comparison, of those that its circuit has. */
final class Figures {
  private Figures() {}

  /** Measures; at least one pair. */
  static Map<Quantity, Double> of(Circuit circuit, List<EventPair> pairs) {
    EventErrors errors = EventErrors.of(circuit, pairs);
    Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
    if (errors.spikeF1() != null) {
      values.put(Quantity.SPIKE_F1, errors.spikeF1());
    }
    if (errors.outputRmse() != null) {
      values.put(Quantity.OUTPUT_RMSE, errors.outputRmse());
    }
    values.put(Quantity.LATENCY_MAPE, errors.latencyMape());
    values.put(Quantity.ENERGY_RUN_MEAN, errors.energyRunMean());
    values.put(Quantity.ENERGY_TOTAL, errors.energyTotal());
    values.put(Quantity.WORST_EVENT, WorstEvent.of(circuit, pairs, 1).get(0).error());
    return values;
  }
}
