package io.understudy.surrogate.predict;

import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.OutsideRange;
import io.understudy.surrogate.feature.FeatureContext;

/** Watches one bank's events for quantities outside what training saw; keeps an event's first. */
final class ReferenceWatch {
  private final ExternalRanges external;
  private final TrainedRange[] features = new TrainedRange[Stage.values().length];
  private final int[] featuresAt = new int[features.length];

  /** Index of the first parameter outside, of each instance; null where all are inside. */
  private int[] parametersOutside;

  private final double[] periods = new double[1];
  private TrainedRange range;
  private int index;
  private double value;

  ReferenceWatch(Surrogate surrogate) {
    this.external = surrogate.external;
    surrogate.ranges.forEach((stage, of) -> features[stage.ordinal()] = of);
    for (int k = 1; k < features.length; k++) {
      featuresAt[k] = featuresAt[k - 1] + features[k - 1].width();
    }
  }

  /** Looks at an instance's parameters, once. */
  void parameters(int instance, int instances, double[] values, int at) {
    int first = external.parameters().firstOutside(values, at, instance);
    if (first != TrainedRange.NONE && parametersOutside == null) {
      parametersOutside = new int[instances];
      java.util.Arrays.fill(parametersOutside, TrainedRange.NONE);
    }
    if (first != TrainedRange.NONE) {
      parametersOutside[instance] = first;
    }
  }

  /**
   * Index of the first input outside; {@link TrainedRange#NONE} where there is none.
   *
   * @param instance below 0 for all
   */
  int inputsOutside(double[] values, int at, int instance) {
    return external.inputs().firstOutside(values, at, instance);
  }

  /**
   * Begins an event.
   *
   * @param inputsOutside as {@link #inputsOutside} has found
   */
  void begin(int instance, int inputsOutside, FeatureContext x) {
    range = null;
    if (inputsOutside != TrainedRange.NONE) {
      note(external.inputs(), inputsOutside, x.inputs[x.inputsAt + inputsOutside]);
    }
    if (parametersOutside != null && parametersOutside[instance] != TrainedRange.NONE) {
      int at = parametersOutside[instance];
      note(external.parameters(), at, x.parameters[x.parametersAt + at]);
    }
    look(external.states(), x.states, x.statesAt, instance);
  }

  /** Looks at an idle stretch's length. */
  void periods(double count, int instance) {
    periods[0] = count;
    look(external.periods(), periods, 0, instance);
  }

  /** Looks at the features that a stage has computed. */
  void features(Stage stage, double[] values, int instance) {
    look(features[stage.ordinal()], values, featuresAt[stage.ordinal()], instance);
  }

  /** Whether a quantity of the event is outside. */
  boolean isOutside() {
    return range != null;
  }

  /** The first of the event's quantities outside. */
  OutsideRange first(int instance, long step, EventKind kind) {
    return new OutsideRange(
        instance, step, kind, range.name(index), value, range.seenMin(index), range.seenMax(index));
  }

  private void look(TrainedRange of, double[] values, int at, int instance) {
    int first = of.firstOutside(values, at, instance);
    if (first != TrainedRange.NONE) {
      note(of, first, values[at + first]);
    }
  }

  private void note(TrainedRange of, int at, double outside) {
    if (range == null) {
      range = of;
      index = at;
      value = outside;
    }
  }
}
