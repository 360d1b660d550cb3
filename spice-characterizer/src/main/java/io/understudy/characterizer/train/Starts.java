package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetRow;
import java.util.Random;

/**
 * What a predictor is shown of an event's past in training: the states at its start, and the
 * latency that predictors further down the chain look at.
 */
interface Starts {
  /**
   * Fills in the states at a row's start.
   *
   * @param row index in the table
   * @param states receives them, in V
   * @return false when the row is to be left out
   */
  boolean states(int row, DatasetRow event, double[] states);

  /** The latency in s that is shown; NaN where the event has none. */
  double latencyS(int row, DatasetRow event);

  /** As ngspice has them. */
  static Starts golden(EventTable.Columns columns) {
    return noisy(columns, 0, 0);
  }

  /**
   * As ngspice has them but for noise, so that a surrogate that lives on its own predictions meets
   * in training what it will meet.
   *
   * @param deviation in V
   * @param seed of the noise
   */
  static Starts noisy(EventTable.Columns columns, double deviation, long seed) {
    Random random = new Random(seed);
    return new Starts() {
      @Override
      public boolean states(int row, DatasetRow event, double[] states) {
        System.arraycopy(event.values(), columns.states(), states, 0, states.length);
        for (int k = 0; k < states.length && deviation > 0; k++) {
          states[k] += deviation * random.nextGaussian();
        }
        return true;
      }

      @Override
      public double latencyS(int row, DatasetRow event) {
        return event.values()[columns.latency()];
      }
    };
  }
}
