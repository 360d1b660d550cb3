package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.provenance.PackageException;
import io.understudy.surrogate.provenance.SurrogateManifest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What training saw of the quantities that reach a surrogate from outside, and of its states. A
 * package without them knows of the features alone.
 */
record ExternalRanges(
    TrainedRange inputs, TrainedRange parameters, TrainedRange states, TrainedRange periods) {

  /**
   * Those of a package.
   *
   * @param name names the package in errors
   * @throws PackageException when they are not of the circuit's quantities, or not ranges
   */
  static ExternalRanges of(String name, Circuit circuit, SurrogateManifest manifest) {
    Map<String, double[]> ranges = manifest.trainedRanges();
    if (ranges != null) {
      check(name, ranges, SurrogateManifest.quantities(circuit));
    }
    return new ExternalRanges(
        range("input", circuit.inputColumns(), ranges),
        range("parameter", circuit.parameterColumns(), ranges),
        range("state", circuit.stateNames(), ranges),
        range("idle stretch's", List.of(SurrogateManifest.PERIODS), ranges));
  }

  private static void check(String name, Map<String, double[]> ranges, List<String> quantities) {
    Set<String> expected = new LinkedHashSet<>(quantities);
    if (!ranges.keySet().equals(expected)) {
      throw new PackageException(
          name + ": trained_ranges: " + ranges.keySet() + " (expected: " + expected + ")");
    }
    ranges.forEach(
        (quantity, range) -> {
          boolean fits =
              range != null
                  && range.length == 2
                  && Double.isFinite(range[0])
                  && Double.isFinite(range[1])
                  && range[0] <= range[1];
          if (!fits) {
            throw new PackageException(
                name
                    + ": trained_ranges: "
                    + quantity
                    + ": "
                    + java.util.Arrays.toString(range)
                    + " (expected: the smallest and the largest value)");
          }
        });
  }

  private static TrainedRange range(
      String what, List<String> columns, Map<String, double[]> ranges) {
    if (ranges == null) {
      return TrainedRange.unknown(what, columns);
    }
    TrainedRange range = TrainedRange.empty(what, columns);
    for (int k = 0; k < columns.size(); k++) {
      double[] ends = ranges.get(columns.get(k));
      range.include(k, ends[0], ends[1]);
    }
    return range;
  }
}
