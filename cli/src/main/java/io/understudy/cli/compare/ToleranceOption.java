package io.understudy.cli.compare;

import io.understudy.cli.UsageException;
import io.understudy.surrogate.circuit.Quantity;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option {@code --tolerance}: bounds in place of a circuit's own. */
public final class ToleranceOption {
  @Option(
      names = "--tolerance",
      paramLabel = "NAME=VALUE",
      description =
          "a bound in place of circuit.yaml's, by name: spike_f1, output_rmse, latency_mape,"
              + " energy_run_mean, energy_total or worst_event; may be repeated")
  private Map<String, String> given = new LinkedHashMap<>();

  /**
   * The bounds by quantity.
   *
   * @throws UsageException naming what is no quantity or no bound
   */
  public Map<Quantity, Double> limits() {
    Map<Quantity, Double> limits = new EnumMap<>(Quantity.class);
    given.forEach((name, value) -> limits.put(quantity(name), limit(name, value)));
    return limits;
  }

  private static Quantity quantity(String name) {
    return Quantity.of(name)
        .orElseThrow(
            () ->
                new UsageException(
                    "--tolerance: " + name + " (expected: one of " + Quantity.keys() + ")"));
  }

  private static double limit(String name, String value) {
    try {
      double limit = Double.parseDouble(value);
      if (limit >= 0 && Double.isFinite(limit)) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Reported below with the numbers that are no bound.
    }
    throw new UsageException("--tolerance " + name + ": " + value + " (expected: a number from 0)");
  }
}
