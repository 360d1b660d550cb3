package io.understudy.surrogate.circuit;

import java.util.List;
import java.util.regex.Pattern;

/** The checks that the records of a circuit description share; each names the key and its value. */
final class Check {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Check() {}

  static CircuitException error(String key, Object value, String expected) {
    return new CircuitException(key + ": " + value + " (expected: " + expected + ")");
  }

  static void word(String key, String value) {
    if (value == null || !WORD.matcher(value).matches()) {
      throw error(key, value, "a name of letters, digits and _");
    }
  }

  static void text(String key, String value) {
    if (value == null || value.isBlank()) {
      throw error(key, value, "a text that is not empty");
    }
  }

  static void finite(String key, Double value) {
    if (value == null || !Double.isFinite(value)) {
      throw error(key, value, "a finite number");
    }
  }

  static void positive(String key, Double value) {
    finite(key, value);
    if (value <= 0) {
      throw error(key, value, "> 0");
    }
  }

  static void range(String key, Double min, Double max) {
    finite(key + ".min", min);
    finite(key + ".max", max);
    if (min >= max) {
      throw error(key, "[" + min + ", " + max + "]", "min < max");
    }
  }

  static void share(String key, Double value) {
    if (value == null || !(value >= 0 && value <= 1)) {
      throw error(key, value, "0 to 1");
    }
  }

  static void shares(String key, Characterization.Range range) {
    share(key, range.min());
    share(key, range.max());
  }

  /** A range with its unit; a pure number has none. */
  static String span(double min, double max, String unit) {
    return min + " to " + max + (unit == null || unit.equals("1") ? "" : " " + unit);
  }

  static <T> List<T> list(List<T> value) {
    return value == null ? List.of() : List.copyOf(value);
  }

  static <T> T present(String key, T value) {
    if (value == null) {
      throw error(key, "missing", "a value");
    }
    return value;
  }
}
