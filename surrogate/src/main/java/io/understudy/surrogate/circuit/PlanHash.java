package io.understudy.surrogate.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

  /**
   * The hash of the plan's refinement by a surrogate.
   *
   * @param trees the surrogate's trees by file name
   * @param fits the surrogate's fits by name
   */
  public static String ofRefinement(
      Circuit c, Map<String, String> trees, Map<String, double[]> fits) {
    List<String> coefficients = new ArrayList<>();
    fits.forEach((name, values) -> coefficients.add(name + Arrays.toString(values)));
    Refinement refinement = c.characterization().refinement();
    String description =
        List.of(of(c), c.features(), refinement.near(), refinement.focus() + "", coefficients)
            .toString();
    if (!refinement.modes().isEmpty() || refinement.activity() != null) {
      description += refinement.modes() + "" + refinement.activity();
    }
    return CircuitHash.of(new TreeMap<>(trees), description);
  }

  private static List<String> parameter(Parameter p) {
    return List.of(p.name(), p.width() + "", p.min() + "", p.max() + "", p.values() + "");
  }
}
