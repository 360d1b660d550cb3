package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.PredictorSpec.Moment;
import io.understudy.surrogate.circuit.UnsettledStart;
import io.understudy.surrogate.event.EventKind;

/** Which of a table's events have a moment. */
final class MomentRows {
  private final EventTable table;
  private final UnsettledStart unsettledStart;

  MomentRows(Circuit circuit, EventTable table) {
    this.table = table;
    this.unsettledStart = new UnsettledStart(circuit);
  }

  /** Whether predictors on this moment are evaluated at an event, were it predicted as it was. */
  boolean has(Moment on, DatasetRow row) {
    boolean ofKind =
        switch (on) {
          case INPUT -> row.kind() != EventKind.E3;
          case E1 -> row.kind() == EventKind.E1;
          case E2, E2_UNSETTLED -> row.kind() == EventKind.E2;
          case IDLE, E3, E3_UNSETTLED -> row.kind() == EventKind.E3;
          case LATE -> row.kind() == EventKind.E3 && table.output(row) > 0;
        };
    boolean byStart = on == Moment.E2 || on == Moment.E3 || on.isUnsettled();
    return ofKind && (!byStart || startsUnsettled(row) == on.isUnsettled());
  }

  private boolean startsUnsettled(DatasetRow row) {
    return unsettledStart.at(row.values(), table.columns().states());
  }
}
