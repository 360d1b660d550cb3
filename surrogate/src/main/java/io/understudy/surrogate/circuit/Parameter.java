package io.understudy.surrogate.circuit;

import java.util.List;
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
    boolean netlist) {
  public Parameter {
    Check.word("parameters.name", name);
    String key = "parameters." + name;
    if (size != null && size < 1) {
      throw Check.error(key + ".size", size, ">= 1");
    }
    values = Check.list(values);
    if (values.isEmpty()) {
      Check.range(key, min, max);
    } else if (min != null || max != null) {
      throw Check.error(key, "values and min/max", "one of the two");
    }
    if ((node == null) == !netlist) {
      throw Check.error(
          key, "node " + node + ", netlist " + netlist, "either a node or netlist: true");
    }
    if (node != null && size != null) {
      throw Check.error(key + ".size", size, "a scalar, as a node holds one value");
    }
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
    return values.isEmpty() ? value >= min && value <= max : values.contains(value);
  }

  /** What {@link #accepts} accepts, for error messages. */
  public String expected() {
    return values.isEmpty() ? Check.span(min, max, unit) : "one of " + values;
  }
}
