package io.understudy.surrogate.feature;

import io.understudy.surrogate.circuit.Circuit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A circuit's features, compiled: {@link #instance} once an instance, {@link #evaluate} once an
 * event and group, of one event or of many. Holds no state of its own; safe for use by several
 * threads with a context each.
 */
public abstract class FeatureProgram {
  /**
   * Compiles groups of features.
   *
   * @param circuit gives the named features and the variables
   * @param fits coefficients of the circuit's fits: intercept, then one for each term; a fit that
   *     is missing may not be used
   * @param groups what to compute
   * @throws io.understudy.surrogate.circuit.CircuitException naming the expression and what is
   *     wrong with it
   */
  public static FeatureProgram compile(
      Circuit circuit, Map<String, double[]> fits, List<FeatureGroup> groups) {
    return new FeatureCompiler(new FeatureScope(circuit, fits), groups).compile();
  }

  /**
   * The names of the variables that expressions look at, through all features that they use.
   *
   * @throws io.understudy.surrogate.circuit.CircuitException naming an expression that is wrong
   */
  public static Set<String> variables(Circuit circuit, List<String> expressions) {
    Map<String, double[]> fits = new HashMap<>();
    circuit.fits().forEach((name, fit) -> fits.put(name, new double[fit.terms().size() + 1]));
    FeatureScope scope = new FeatureScope(circuit, fits);
    Set<String> names = new TreeSet<>();
    expressions.forEach(
        text -> scope.collectVariables(text, ExpressionParser.parse(text, text), names));
    return names;
  }

  /** A square, for generated code: a product, not a power by logarithms. */
  protected static double square(double x) {
    return x * x;
  }

  /** Number of constants of an instance. */
  public abstract int constants();

  /** Number of values of a group. */
  public abstract int width(int group);

  /** Computes the instance's constants from its parameters into {@code constants}. */
  public abstract void instance(FeatureContext x);

  /**
   * Computes a group's values.
   *
   * @param group index into the groups
   * @param x what they are computed from
   * @param values receives them from the group's {@code at}
   */
  public abstract void evaluate(int group, FeatureContext x, double[] values);

  /**
   * Computes a group's values of many events: the same bits as one by one.
   *
   * @param group index into the groups
   * @param x what they are computed from
   * @param rows number of events
   * @param values receives value {@code k} of row {@code r} at {@code k * EventColumns.STRIDE + r}
   */
  public abstract void evaluate(int group, EventColumns x, int rows, double[] values);
}
