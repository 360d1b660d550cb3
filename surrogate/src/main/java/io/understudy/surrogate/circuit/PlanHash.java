package io.understudy.surrogate.circuit;

import java.util.List;
import java.util.TreeMap;

/**
 * The identity of what a circuit's runs are drawn from, but for their seed, number and length: the
 * ranges of parameters and inputs, and the plan's kinds of runs and changes. Runs of two plans do
 * not mix in one dataset.
 */
public final class PlanHash {
  private PlanHash() {}

  /** The hash in hexadecimal. */
  public static String of(Circuit c) {
    Characterization plan = c.characterization();
    String description =
        List.of(
                c.parameters().stream().map(PlanHash::parameter).toList(),
                c.inputs().stream()
                    .map(p -> List.of(p.name(), p.width(), p.min(), p.max(), p.initial() + ""))
                    .toList(),
                plan.sampling(),
                plan.firstPeriodIdle(),
                plan.activity(),
                plan.modes(),
                plan.changes())
            .toString();
    return CircuitHash.of(new TreeMap<>(), description);
  }

  private static List<String> parameter(Parameter p) {
    return List.of(p.name(), p.width() + "", p.min() + "", p.max() + "", p.values() + "");
  }
}
