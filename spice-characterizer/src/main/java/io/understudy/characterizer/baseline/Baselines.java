package io.understudy.characterizer.baseline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Simple predictions beside the surrogate's, on the same unseen events with golden features: what
 * the surrogate's features and predictors bring.
 *
 * @param features that the baselines look at: those of the LASANA paper (MLCAD 2025)
 * @param quantities one by one
 */
public record Baselines(List<String> features, List<Quantity> quantities) {
  /** The surrogate's name among the methods. */
  public static final String SURROGATE = "surrogate";

  /**
   * One predicted quantity.
   *
   * @param predictor the surrogate's predictor of it
   * @param events unseen events it was measured on
   * @param scores by method, the surrogate last
   */
  public record Quantity(String predictor, int events, Map<String, Score> scores) {}

  /**
   * Compares.
   *
   * @param surrogate the surrogate's predictions of the problem's unseen events
   */
  public static Quantity compare(Problem problem, List<Baseline> baselines, double[] surrogate) {
    double[] golden = problem.unseen().targets();
    Map<String, Score> scores = new LinkedHashMap<>();
    for (Baseline baseline : baselines) {
      scores.put(baseline.name(), Score.of(problem.measure(), golden, baseline.predict(problem)));
    }
    scores.put(SURROGATE, Score.of(problem.measure(), golden, surrogate));
    return new Quantity(problem.name(), golden.length, scores);
  }
}
