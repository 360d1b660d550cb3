package io.understudy.surrogate.circuit;

import java.util.List;

/**
 * A digital-to-analog input, scalar or vector.
 *
 * @param name the name; a vector's elements are {@code name1..nameN}
 * @param size elements; null means a scalar
 * @param shared true when all instances of a bank see the same values
 * @param unit the unit, for people
 * @param min smallest value
 * @param max largest value; codes and values beyond are clamped by the shim, refused in a stimulus
 * @param initial value held before the first input (held inputs only)
 * @param code the digital code
 * @param drive the waveform in a deck
 */
public record InputPort(
    String name,
    Integer size,
    boolean shared,
    String unit,
    double min,
    double max,
    double initial,
    Code code,
    Drive drive) {
  public InputPort {
    Check.word("inputs.name", name);
    String key = "inputs." + name;
    if (size != null && size < 1) {
      throw Check.error(key + ".size", size, ">= 1");
    }
    Check.range(key, min, max);
    if (!(initial >= min && initial <= max)) {
      throw Check.error(key + ".initial", initial, min + " to " + max);
    }
    Check.present(key + ".code", code);
    Check.present(key + ".drive", drive);
  }

  /** The values that a stimulus may have, for error messages. */
  public String expected() {
    return Check.span(min, max, unit);
  }

  /** Number of scalar columns. */
  public int width() {
    return size == null ? 1 : size;
  }

  /** The column names: the name itself, or {@code name1..nameN}. */
  public List<String> columns() {
    return Parameter.columnsOf(name, size);
  }
}
