package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.PredictorSpec.Moment;
import io.understudy.surrogate.circuit.StateNode;
import java.util.List;

/**
 * Predictors of what an event leaves behind.
 *
 * @param energy of its energy
 * @param first of each state that looks at no end; null: the state keeps its value
 * @param second of each state that looks at the ends of others; null for none
 * @param looksAtEnd whether any predictor, the energy's too, looks at the states' ends
 */
record EventEnds(Predictor energy, Predictor[] first, Predictor[] second, boolean looksAtEnd) {
  static EventEnds of(Surrogate surrogate, Moment on, List<StateNode> states) {
    Predictor[] first = new Predictor[states.size()];
    Predictor[] second = new Predictor[states.size()];
    boolean looksAtEnd = surrogate.looksAtEnd(on + "_energy");
    for (int k = 0; k < first.length; k++) {
      String name = on + "_" + states.get(k).name();
      boolean later = surrogate.looksAtEnd(name);
      (later ? second : first)[k] = surrogate.predictor(name);
      looksAtEnd |= later;
    }
    return new EventEnds(surrogate.predictor(on + "_energy"), first, second, looksAtEnd);
  }
}
