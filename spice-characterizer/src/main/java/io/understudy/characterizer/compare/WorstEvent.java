package io.understudy.characterizer.compare;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.EventKind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * An event with what it is worst for.
 *
 * @param pair the event
 * @param error as {@link io.understudy.surrogate.circuit.Quantity#WORST_EVENT} defines it
 */
public record WorstEvent(EventPair pair, double error) {
  /** The worst events, the worst first. */
  public static List<WorstEvent> of(Circuit circuit, List<EventPair> pairs, int count) {
    double energyJ =
        pairs.stream().mapToDouble(p -> Math.abs(p.golden().energyJ())).max().orElse(0);
    double min = pairs.stream().mapToDouble(p -> p.golden().output()).min().orElse(0);
    double max = pairs.stream().mapToDouble(p -> p.golden().output()).max().orElse(0);
    double swing = circuit.hasEventOutput() ? Double.POSITIVE_INFINITY : max - min;
    return pairs.stream()
        .map(pair -> new WorstEvent(pair, error(pair, energyJ, swing)))
        .sorted(
            Comparator.comparingDouble((WorstEvent e) -> -e.error)
                .thenComparingInt(e -> e.pair.golden().run())
                .thenComparingLong(e -> e.pair.golden().step()))
        .limit(count)
        .toList();
  }

  private static double error(EventPair pair, double energyJ, double swing) {
    double ofEnergy =
        energyJ == 0 ? 0 : Math.abs(pair.predicted().energyJ() - pair.golden().energyJ()) / energyJ;
    double ofOutput =
        swing == 0 ? 0 : Math.abs(pair.predicted().output() - pair.golden().output()) / swing;
    return Math.max(ofEnergy, ofOutput);
  }

  /** For people: where it is, and what each side says. */
  public String text() {
    return "instance "
        + pair.golden().run()
        + ", step "
        + pair.golden().step()
        + (pair.golden().kind() == EventKind.E3
            ? " (" + pair.golden().periods() + " idle periods)"
            : "")
        + ": ngspice "
        + side(pair.golden())
        + "; surrogate "
        + side(pair.predicted());
  }

  private static String side(EventRecord event) {
    return String.format(
        Locale.ROOT,
        "%s, output %.4g, %.4g fJ%s",
        event.kind(),
        event.output(),
        event.energyJ() * 1e15,
        Double.isNaN(event.latencyS())
            ? ""
            : String.format(Locale.ROOT, ", %.4g ns", event.latencyS() * 1e9));
  }
}
