package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.predict.SurrogateBank;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Plays a dataset's runs through a surrogate, as a session of the server would. */
final class SurrogateReplay {
  private final Surrogate surrogate;
  private final EventTable.Columns columns;
  private final StepRows rows;

  SurrogateReplay(Surrogate surrogate, EventTable.Columns columns) {
    Circuit circuit = surrogate.folder().circuit();
    this.surrogate = surrogate;
    this.columns = columns;
    this.rows = new StepRows(columns.inputWidth(), circuit.hasSharedInputs());
    rows.reserveRows(1);
  }

  /** Where the states at an event's start come from. */
  enum Loop {
    /** From ngspice: each event is judged by itself. */
    OPEN,
    /** From the surrogate's own events before it. */
    CLOSED
  }

  /**
   * Plays all runs.
   *
   * @return the events in the table's order
   */
  List<EventPair> play(EventTable table, Loop loop) {
    List<EventPair> pairs = new ArrayList<>();
    List<DatasetRow> all = table.rows();
    int from = 0;
    for (int to = 1; to <= all.size(); to++) {
      if (to == all.size() || all.get(to).run() != all.get(from).run()) {
        pairs.addAll(run(all.subList(from, to), loop));
        from = to;
      }
    }
    return pairs;
  }

  private List<EventPair> run(List<DatasetRow> events, Loop loop) {
    double[] parameters =
        Arrays.copyOfRange(
            events.get(0).values(),
            columns.parameters(),
            columns.parameters() + columns.parameterWidth());
    List<EventPair> pairs = new ArrayList<>();
    SurrogateBank bank =
        surrogate.open(
            new double[][] {parameters},
            (instance, step, kind, periods, output, energyJ, latencyS, states) -> {
              DatasetRow row = events.get(pairs.size());
              EventRecord predicted =
                  new EventRecord(
                      row.run(), step, kind, periods, output, energyJ, latencyS, states.clone());
              pairs.add(new EventPair(golden(row), predicted));
            });
    for (DatasetRow event : events) {
      if (loop == Loop.OPEN) {
        // Ends an idle stretch before the event, so that it does not run on with golden states.
        bank.close(event.step());
        bank.setStates(
            0,
            Arrays.copyOfRange(
                event.values(), columns.states(), columns.states() + columns.stateWidth()));
      }
      if (event.kind() == EventKind.E3) {
        rows.rows = 0;
      } else {
        rows.rows = 1;
        rows.instance[0] = 0;
        System.arraycopy(event.values(), columns.inputs(), rows.inputs, 0, columns.inputWidth());
      }
      bank.step(event.step(), rows);
    }
    DatasetRow last = events.get(events.size() - 1);
    bank.close(last.step() + last.periods());
    return pairs;
  }

  private EventRecord golden(DatasetRow row) {
    double[] values = row.values();
    return new EventRecord(
        row.run(),
        row.step(),
        row.kind(),
        row.periods(),
        values[columns.output()],
        values[columns.energy()],
        values[columns.latency()],
        Arrays.copyOfRange(values, columns.ends(), columns.ends() + columns.stateWidth()));
  }
}
