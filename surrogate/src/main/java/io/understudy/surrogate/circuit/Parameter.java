package io.understudy.surrogate.circuit;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A per-instance analog setting, scalar or vector, constant in a run.
 *
 * @param name the name; a vector's elements are {@code name1..nameN}
 * @param size elements; null in YAML means a scalar
 * @param unit the unit, for people
 * @param min smallest value (with max, for a continuous parameter)
 * @param max largest value
 * @param values the allowed values (for a discrete parameter)
 * @param defaultValue value where none is given, or null: then each instance must give one
 * @param node the node that a DC source holds at this value, or null
 * @param netlist true when the deck passes it to the netlist as a {@code .param} of each element's
 *     name
 * @param temperature true when it is the circuit's temperature in degC; else the simulator's 27
 *     degC hold
 */
public record Parameter(
    String name,
    Integer size,
    String unit,
    Double min,
    Double max,
    List<Double> values,
    @com.fasterxml.jackson.annotation.JsonProperty("default") Double defaultValue,
    String node,
    boolean netlist,
    boolean temperature) {
  private static final double ABSOLUTE_ZERO_DEGC = -273.15;

  public Parameter {
    Check.word("parameters.name", name);
    String key = "parameters." + name;
    if (size != null && size < 1) {
      throw Check.error(key + ".size", size, ">= 1");
    }
    values = Check.list(values);
    checkRange(key, min, max, values);
    if (defaultValue != null && !contains(defaultValue, min, max, values)) {
      throw Check.error(key + ".default", defaultValue, expected(min, max, unit, values));
    }
    if (node != null && netlist) {
      throw Check.error(key, "node " + node + ", netlist true", "one of the two");
    }
    if (temperature) {
      unit = unit == null ? "degC" : unit;
      checkTemperature(key, size, unit, node != null || netlist, min, values);
    }
    if (node != null && size != null) {
      throw Check.error(key + ".size", size, "a scalar, as a node holds one value");
    }
  }

  private static void checkRange(String key, Double min, Double max, List<Double> values) {
    if (!values.isEmpty()) {
      if (min != null || max != null) {
        throw Check.error(key, "values and min/max", "one of the two");
      }
      values.forEach(value -> Check.finite(key + ".values", value));
      if (Set.copyOf(values).size() < values.size()) {
        throw Check.error(key + ".values", values, "each value once");
      }
      return;
    }
    if (min == null && max == null) {
      throw Check.error(key, "no range", "min and max, or values");
    }
    if (min != null && min.equals(max)) {
      throw Check.error(
          key, "[" + min + ", " + max + "]", "min < max, or values: [" + min + "] for a constant");
    }
    Check.range(key, min, max);
  }

  private static void checkTemperature(
      String key, Integer size, String unit, boolean drives, Double min, List<Double> values) {
    if (size != null || drives) {
      throw Check.error(
          key + ".temperature", "true", "a scalar that has neither node nor netlist: true");
    }
    if (!unit.equals("degC")) {
      throw Check.error(key + ".unit", unit, "degC, as it is the temperature");
    }
    double lowest = values.isEmpty() ? min : Collections.min(values);
    if (lowest <= ABSOLUTE_ZERO_DEGC) {
      throw Check.error(key, lowest + " degC", "more than " + ABSOLUTE_ZERO_DEGC + " degC");
    }
  }

  /** The one value that it may have, or empty when it varies. */
  public OptionalDouble constant() {
    return values.size() == 1 ? OptionalDouble.of(values.get(0)) : OptionalDouble.empty();
  }

  /** Number of scalar columns. */
  public int width() {
    return size == null ? 1 : size;
  }

  /** The column names: the name itself, or {@code name1..nameN}. */
  public List<String> columns() {
    return columnsOf(name, size);
  }

  static List<String> columnsOf(String name, Integer size) {
    return size == null
        ? List.of(name)
        : IntStream.rangeClosed(1, size).mapToObj(i -> name + i).toList();
  }

  /** Whether a value is allowed. */
  public boolean accepts(double value) {
    return contains(value, min, max, values);
  }

  private static boolean contains(double value, Double min, Double max, List<Double> values) {
    return values.isEmpty() ? value >= min && value <= max : values.contains(value);
  }

  /** What {@link #accepts} accepts, for error messages. */
  public String expected() {
    return expected(min, max, unit, values);
  }

  private static String expected(Double min, Double max, String unit, List<Double> values) {
    return values.isEmpty() ? Check.span(min, max, unit) : "one of " + values;
  }
}
