package io.understudy.surrogate.circuit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a comparison of a surrogate with ngspice measures, each with the bound that holds where the
 * circuit states none.
 */
public enum Quantity {
  /** F1 of output events matched in time; event outputs alone. */
  SPIKE_F1(0.9, true),
  /** Of a level output at the event's end, by the golden swing. */
  OUTPUT_RMSE(0.05, false),
  /** Mean of |error| / golden latency. */
  LATENCY_MAPE(0.2, false),
  /** Mean over the runs of |error| / |golden energy|. */
  ENERGY_RUN_MEAN(0.1, false),
  /** Of the energy of all runs together. */
  ENERGY_TOTAL(0.05, false),
  /**
   * The largest error of a single event: of its energy, by the largest golden energy of an event,
   * or of a level output, by the golden swing.
   */
  WORST_EVENT(2, false);

  private final double usualLimit;
  private final boolean atLeast;

  Quantity(double usualLimit, boolean atLeast) {
    this.usualLimit = usualLimit;
    this.atLeast = atLeast;
  }

  /** The bound where nobody states one. */
  public double usualLimit() {
    return usualLimit;
  }

  /** Whether the bound is a lower one. */
  public boolean atLeast() {
    return atLeast;
  }

  /** Whether a value keeps a bound; one that is not finite keeps none. */
  public boolean keeps(double value, double limit) {
    return atLeast ? value >= limit : value <= limit;
  }

  /** The name in files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The quantity of a name in files. */
  public static Optional<Quantity> of(String key) {
    return Arrays.stream(values()).filter(quantity -> quantity.key().equals(key)).findFirst();
  }

  /** All names in files. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Quantity::key).toList();
  }
}
