package io.understudy.characterizer.dataset;

import io.understudy.characterizer.dataset.DatasetSchema.Column;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.EnergyDefinition;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.Parameter;
import io.understudy.surrogate.circuit.StateNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns of a circuit's dataset: {@code run,step,event,periods}, the inputs, the inputs held
 * before (held inputs only: {@code name_prev}, or {@code name_prev1..N}), the parameters, {@code
 * <state>_start}, the output, {@code latency_s}, {@code energy_j}, the further energies, {@code
 * energy_ref_j} where there is a reference, and {@code <state>_end}.
 */
public final class DatasetColumns {
  /** Columns before the numeric ones. */
  static final List<String> KEYS = List.of("run", "step", "event", "periods");

  private DatasetColumns() {}

  /** All columns, in order. */
  public static List<String> all(Circuit circuit) {
    return described(circuit).stream().map(Column::name).toList();
  }

  /** The columns behind {@code periods}, in order. */
  public static List<String> values(Circuit circuit) {
    List<String> all = all(circuit);
    return all.subList(KEYS.size(), all.size());
  }

  /** All columns with their units and meanings, in order. */
  public static List<Column> described(Circuit circuit) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("run", "1", "the run, from 0"));
    columns.add(new Column("step", "1", "the event's first period, from 0 in each run"));
    columns.add(
        new Column(
            "event",
            "",
            circuit.hasEventOutput()
                ? "E1 input with output, E2 input without output, E3 idle stretch"
                : "E1 input, E3 idle stretch"));
    columns.add(
        new Column(
            "periods",
            "1",
            "the event's length in periods of " + circuit.clock().periodS() + " s"));
    for (InputPort input : circuit.inputs()) {
      String meaning = "input" + (circuit.hasHeldInputs() ? "" : "; empty on E3");
      input.columns().forEach(name -> columns.add(new Column(name, unit(input.unit()), meaning)));
    }
    if (circuit.hasHeldInputs()) {
      for (InputPort input : circuit.inputs()) {
        previous(input)
            .forEach(
                name -> columns.add(new Column(name, unit(input.unit()), "input held before")));
      }
    }
    for (Parameter parameter : circuit.parameters()) {
      parameter
          .columns()
          .forEach(
              name ->
                  columns.add(
                      new Column(name, unit(parameter.unit()), "parameter, constant in a run")));
    }
    states(circuit, columns, "start");
    columns.add(
        circuit.hasEventOutput()
            ? new Column(circuit.output().name(), "1", "number of output events in the event")
            : new Column(circuit.output().name(), "V", "output at the event's end"));
    columns.add(
        new Column(
            "latency_s", "s", "of the output, from the event's start; empty where there is none"));
    columns.add(new Column("energy_j", "J", "delivered by " + names(circuit.energy().sources())));
    circuit
        .energy()
        .also()
        .forEach(
            (name, sources) ->
                columns.add(new Column(name, "J", "delivered by " + names(sources))));
    if (!circuit.energy().reference().isEmpty()) {
      columns.add(
          new Column(
              "energy_ref_j",
              "J",
              "integral of the sum of abs(v i) over " + names(circuit.energy().reference())));
    }
    states(circuit, columns, "end");
    return columns;
  }

  private static void states(Circuit circuit, List<Column> columns, String at) {
    for (StateNode state : circuit.states()) {
      String name = at.equals("start") ? start(state.name()) : end(state.name());
      columns.add(
          new Column(name, "V", "state at the event's " + at + ": voltage of " + state.node()));
    }
  }

  private static String unit(String unit) {
    return unit == null ? "" : unit;
  }

  private static String names(List<EnergyDefinition.Source> sources) {
    return sources.stream()
        .map(source -> source.name() == null ? source.element() : source.name())
        .collect(Collectors.joining(", "));
  }

  /** Columns of the inputs held before the event; none where inputs are pulses. */
  public static List<String> previous(Circuit circuit) {
    return circuit.hasHeldInputs()
        ? circuit.inputs().stream().flatMap(input -> previous(input).stream()).toList()
        : List.of();
  }

  private static List<String> previous(InputPort input) {
    String name = input.name() + "_prev";
    return input.size() == null
        ? List.of(name)
        : IntStream.rangeClosed(1, input.width()).mapToObj(k -> name + k).toList();
  }

  /** Column of a state's value at the event's start. */
  public static String start(String state) {
    return state + "_start";
  }

  /** Column of a state's value at the event's end. */
  public static String end(String state) {
    return state + "_end";
  }

  /** The columns that may be empty: latency always, inputs in an idle stretch between pulses. */
  static Set<String> optional(Circuit circuit, boolean isIdle) {
    Set<String> columns = new HashSet<>(Set.of("latency_s"));
    if (isIdle && !circuit.hasHeldInputs()) {
      columns.addAll(circuit.inputColumns());
    }
    return columns;
  }
}
