package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.PredictorSpec.Moment;
import io.understudy.surrogate.feature.FeatureGroup.Visible;
import java.util.EnumSet;
import java.util.Set;

/**
 * The order in which an event is evaluated. A stage may look at what earlier stages of its chain
 * have predicted: an input event runs DECISION, then either OUTPUT, LATENCY, E1 or E2; an idle
 * stretch LATE_DECISION and LATE_LATENCY when it begins, E3_OUTPUT and E3 when it ends. E2 and E3
 * of an unsettled start are stages of their own.
 */
public enum Stage {
  DECISION(null),
  OUTPUT(DECISION),
  LATENCY(OUTPUT, Visible.OUTPUT),
  E1(LATENCY, Visible.OUTPUT, Visible.LATENCY),
  E1_NEXT(E1, Visible.OUTPUT, Visible.LATENCY, Visible.NEXT),
  E2(DECISION),
  E2_NEXT(E2, Visible.NEXT),
  E2_UNSETTLED(DECISION),
  E2_UNSETTLED_NEXT(E2_UNSETTLED, Visible.NEXT),
  LATE_DECISION(null),
  LATE_LATENCY(LATE_DECISION),
  E3_OUTPUT(null, Visible.PERIODS),
  E3(E3_OUTPUT, Visible.PERIODS, Visible.OUTPUT, Visible.LATENCY),
  E3_NEXT(E3, Visible.PERIODS, Visible.OUTPUT, Visible.LATENCY, Visible.NEXT),
  E3_UNSETTLED(E3_OUTPUT, Visible.PERIODS, Visible.OUTPUT, Visible.LATENCY),
  E3_UNSETTLED_NEXT(E3_UNSETTLED, Visible.PERIODS, Visible.OUTPUT, Visible.LATENCY, Visible.NEXT);

  private final Stage after;
  private final Set<Visible> visible;

  Stage(Stage after, Visible... visible) {
    this.after = after;
    this.visible = EnumSet.noneOf(Visible.class);
    this.visible.addAll(Set.of(visible));
  }

  /** The stage before it in its chain, whose features are still at hand; null for the first. */
  public Stage after() {
    return after;
  }

  /** What its features may look at beside states and parameters. */
  public Set<Visible> visible(Circuit circuit) {
    Set<Visible> all = EnumSet.copyOf(visible.isEmpty() ? EnumSet.noneOf(Visible.class) : visible);
    if (ofInput() || circuit.hasHeldInputs()) {
      all.add(Visible.INPUTS);
    }
    return all;
  }

  private boolean ofInput() {
    return compareTo(LATE_DECISION) < 0;
  }

  /** Whether its features look at states that the stage before it predicted. */
  boolean looksAtEnd() {
    return visible.contains(Visible.NEXT);
  }

  /** The stage after it that also looks at the states predicted in it; null where there is none. */
  Stage next() {
    return switch (this) {
      case E1 -> E1_NEXT;
      case E2 -> E2_NEXT;
      case E3 -> E3_NEXT;
      case E2_UNSETTLED -> E2_UNSETTLED_NEXT;
      case E3_UNSETTLED -> E3_UNSETTLED_NEXT;
      default -> null;
    };
  }

  /** The stage in which a predictor of this moment and target runs. */
  static Stage of(Circuit circuit, Moment on, String target) {
    boolean output = target.equals(circuit.output().name());
    boolean latency = target.equals(PredictorPlan.LATENCY);
    return switch (on) {
      case INPUT -> DECISION;
      case E1 -> output ? OUTPUT : latency ? LATENCY : E1;
      case E2 -> E2;
      case E2_UNSETTLED -> E2_UNSETTLED;
      case IDLE -> LATE_DECISION;
      case LATE -> LATE_LATENCY;
      case E3 -> output ? E3_OUTPUT : E3;
      case E3_UNSETTLED -> E3_UNSETTLED;
    };
  }
}
