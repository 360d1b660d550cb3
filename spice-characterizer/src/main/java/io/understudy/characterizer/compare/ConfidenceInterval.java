package io.understudy.characterizer.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.Quantity;
import io.understudy.surrogate.compare.EventPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A quantity with the interval that holds 95 % of what other draws of as many instances would have
 * given, by a bootstrap over instances.
 *
 * @param value of all instances together
 * @param low null for fewer than two instances
 * @param high likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConfidenceInterval(double value, Double low, Double high) {
  private static final int DRAWS = 200;
  private static final double TAIL = 0.025;
  private static final long SEED = 1;

  /**
   * The intervals of all quantities that the circuit has.
   *
   * @param pairs ordered by instance, then by step; at least one
   */
  public static Map<Quantity, ConfidenceInterval> all(Circuit circuit, List<EventPair> pairs) {
    List<List<EventPair>> instances =
        List.copyOf(
            pairs.stream()
                .collect(
                    Collectors.groupingBy(p -> p.golden().run(), TreeMap::new, Collectors.toList()))
                .values());
    Map<Quantity, double[]> draws = new EnumMap<>(Quantity.class);
    Random random = new Random(SEED);
    for (int draw = 0; draw < DRAWS && instances.size() > 1; draw++) {
      int at = draw;
      Figures.of(circuit, drawn(instances, random))
          .forEach((q, v) -> draws.computeIfAbsent(q, x -> new double[DRAWS])[at] = v);
    }
    Map<Quantity, ConfidenceInterval> all = new EnumMap<>(Quantity.class);
    Figures.of(circuit, pairs).forEach((q, v) -> all.put(q, interval(v, draws.get(q))));
    return all;
  }

  /** As many instances, each drawn from all; each draw counts as an instance of its own. */
  private static List<EventPair> drawn(List<List<EventPair>> instances, Random random) {
    List<EventPair> drawn = new ArrayList<>();
    for (int k = 0; k < instances.size(); k++) {
      for (EventPair pair : instances.get(random.nextInt(instances.size()))) {
        drawn.add(new EventPair(pair.golden().of(k), pair.predicted().of(k)));
      }
    }
    return drawn;
  }

  private static ConfidenceInterval interval(double value, double[] draws) {
    if (draws == null) {
      return new ConfidenceInterval(value, null, null);
    }
    double[] sorted = Arrays.stream(draws).sorted().toArray();
    int cut = (int) (TAIL * DRAWS);
    return new ConfidenceInterval(value, sorted[cut], sorted[DRAWS - 1 - cut]);
  }

  /** For people: {@code 0.95 [0.93, 0.97]}. */
  public String text() {
    return low == null
        ? String.format(Locale.ROOT, "%.4g", value)
        : String.format(Locale.ROOT, "%.4g [%.4g, %.4g]", value, low, high);
  }
}
