package io.understudy.characterizer.dataset;

import io.understudy.surrogate.circuit.Circuit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
    List<String> columns = new ArrayList<>(KEYS);
    columns.addAll(values(circuit));
    return columns;
  }

  /** The columns behind {@code periods}, in order. */
  public static List<String> values(Circuit circuit) {
    List<String> columns = new ArrayList<>(circuit.inputColumns());
    columns.addAll(previous(circuit));
    columns.addAll(circuit.parameterColumns());
    circuit.stateNames().forEach(state -> columns.add(start(state)));
    columns.add(circuit.output().name());
    columns.add("latency_s");
    columns.add("energy_j");
    columns.addAll(circuit.energy().also().keySet());
    if (!circuit.energy().reference().isEmpty()) {
      columns.add("energy_ref_j");
    }
    circuit.stateNames().forEach(state -> columns.add(end(state)));
    return columns;
  }

  /** Columns of the inputs held before the event; none where inputs are pulses. */
  public static List<String> previous(Circuit circuit) {
    List<String> columns = new ArrayList<>();
    if (circuit.hasHeldInputs()) {
      circuit
          .inputs()
          .forEach(
              input -> {
                for (int k = 1; k <= input.width(); k++) {
                  columns.add(input.name() + "_prev" + (input.size() == null ? "" : k));
                }
              });
    }
    return columns;
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
