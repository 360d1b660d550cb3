package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetColumns;
import io.understudy.characterizer.dataset.DatasetReader;
import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.characterizer.dataset.DatasetSchema;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A dataset in memory, with the places of its columns.
 *
 * @param origin names the dataset in errors
 * @param schema where it comes from
 * @param rows ordered by run, then by step
 * @param columns the places
 */
public record EventTable(
    String origin, DatasetSchema schema, List<DatasetRow> rows, Columns columns) {
  public EventTable {
    rows = List.copyOf(rows);
  }

  /**
   * Where a row's values lie.
   *
   * @param previous of the inputs held before, -1 where inputs are pulses
   * @param states of the states at the event's start
   * @param ends of the states at the event's end
   */
  public record Columns(
      int inputs,
      int inputWidth,
      int previous,
      int parameters,
      int parameterWidth,
      int states,
      int stateWidth,
      int output,
      int latency,
      int energy,
      int ends) {
    static Columns of(Circuit circuit) {
      List<String> names = DatasetColumns.values(circuit);
      int inputWidth = circuit.inputColumns().size();
      int states = names.indexOf(DatasetColumns.start(circuit.stateNames().get(0)));
      return new Columns(
          0,
          inputWidth,
          circuit.hasHeldInputs() ? inputWidth : -1,
          states - circuit.parameterColumns().size(),
          circuit.parameterColumns().size(),
          states,
          circuit.states().size(),
          names.indexOf(circuit.output().name()),
          names.indexOf("latency_s"),
          names.indexOf("energy_j"),
          names.indexOf(DatasetColumns.end(circuit.stateNames().get(0))));
    }
  }

  /**
   * Reads a dataset.
   *
   * @throws io.understudy.characterizer.dataset.DatasetException when it is another circuit's, or a
   *     label is missing or not finite
   */
  public static EventTable read(Path directory, CircuitFolder folder) {
    DatasetReader reader = DatasetReader.open(directory, folder);
    List<DatasetRow> rows = new ArrayList<>();
    reader.forEach(rows::add);
    return new EventTable(
        directory.toString(), reader.schema(), rows, Columns.of(folder.circuit()));
  }

  /** The rows of those runs alone. */
  EventTable of(java.util.Set<Integer> runs) {
    return new EventTable(
        origin, schema, rows.stream().filter(row -> runs.contains(row.run())).toList(), columns);
  }

  /** This and others' rows as one table; the others' runs get numbers of their own. */
  EventTable and(List<EventTable> others) {
    List<DatasetRow> all = new ArrayList<>(rows);
    String origins = origin;
    for (EventTable other : others) {
      int offset = all.get(all.size() - 1).run() + 1;
      other.rows.forEach(
          row ->
              all.add(
                  new DatasetRow(
                      row.run() + offset, row.step(), row.kind(), row.periods(), row.values())));
      origins += ", " + other.origin;
    }
    return new EventTable(origins, schema, all, columns);
  }

  double output(DatasetRow row) {
    return row.values()[columns.output];
  }

  /** Latency in s, NaN where there is none. */
  double latencyS(DatasetRow row) {
    return row.values()[columns.latency];
  }

  double energyJ(DatasetRow row) {
    return row.values()[columns.energy];
  }

  /** Row and event for errors. */
  String where(DatasetRow row) {
    return origin + ": run " + row.run() + ", step " + row.step() + ", " + row.kind();
  }
}
