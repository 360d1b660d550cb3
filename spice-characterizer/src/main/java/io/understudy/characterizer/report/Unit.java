package io.understudy.characterizer.report;

import io.understudy.surrogate.predict.PredictorPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A unit that suits values for people.
 *
 * @param symbol behind a number
 * @param size of one of it in SI units
 */
record Unit(String symbol, double size) {
  private static final List<String> PREFIXES =
      List.of("y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G");
  private static final int NONE = 8;

  static final Unit NANOSECOND = new Unit("ns", 1e-9);

  /** For a value of that size: energies in fJ rather than 1e-15 J. */
  static Unit of(String base, double value) {
    double size = Math.abs(value);
    if (!(size > 0) || !Double.isFinite(size)) {
      return new Unit(base, 1);
    }
    int thousands = (int) Math.floor(Math.log10(size) / 3 + 1e-9);
    int index = Math.min(Math.max(thousands + NONE, 0), PREFIXES.size() - 1);
    return new Unit(PREFIXES.get(index) + base, Math.pow(10, 3 * (index - NONE)));
  }

  /** For values up to the greatest of these. */
  static Unit of(String base, double[] values) {
    return of(base, Arrays.stream(values).map(Math::abs).max().orElse(0));
  }

  /** The SI unit of a predictor's quantity. */
  static String base(String target) {
    return switch (target) {
      case PredictorPlan.ENERGY -> "J";
      case PredictorPlan.LATENCY -> "s";
      default -> "V";
    };
  }

  /** Values in this unit. */
  double[] in(double[] values) {
    return Arrays.stream(values).map(v -> v / size).toArray();
  }

  /** A value with its unit, to three digits. */
  String text(double value) {
    return digits(value / size) + " " + symbol;
  }

  /** A number to three digits. */
  static String digits(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
    return size < 1e-3
        ? String.format(Locale.ROOT, "%.1e", value)
        : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A fraction in percent. */
  static String percent(double fraction) {
    return digits(100 * fraction) + " %";
  }
}
