package io.understudy.surrogate.feature;

import io.understudy.surrogate.circuit.CircuitException;
import io.understudy.surrogate.feature.FeatureGroup.Visible;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is known of an expression before it runs.
 *
 * @param width elements; 0 for a scalar
 * @param perInstance true when it depends on the instance's parameters at most
 * @param needs the event's scalars and inputs that it looks at
 */
record ExpressionShape(int width, boolean perInstance, Set<Visible> needs) {
  private static final ExpressionShape CONSTANT = new ExpressionShape(0, true, Set.of());

  /**
   * @param where names the expression in errors
   * @throws CircuitException when a name is unknown, or widths do not fit together
   */
  static ExpressionShape of(String where, Expression expression, FeatureScope scope) {
    if (expression instanceof Expression.Constant) {
      return CONSTANT;
    }
    if (expression instanceof Expression.Name name) {
      return ofName(where, name.name(), scope);
    }
    if (expression instanceof Expression.Negate negate) {
      return of(where, negate.of(), scope);
    }
    if (expression instanceof Expression.Binary binary) {
      return of(where, binary.left(), scope).with(where, of(where, binary.right(), scope));
    }
    Expression.Call call = (Expression.Call) expression;
    ExpressionShape all = CONSTANT;
    for (Expression argument : call.arguments()) {
      ExpressionShape shape = of(where, argument, scope);
      if (call.function().reduces && shape.width == 0) {
        throw new CircuitException(
            where + ": " + call.function() + " of a scalar (expected: a vector)");
      }
      if (call.function() == Expression.Function.CUMSUM
          && (shape.width == 0 || !shape.perInstance)) {
        throw new CircuitException(
            where + ": CUMSUM (expected: of a vector that depends on parameters alone)");
      }
      all = all.with(where, shape);
    }
    return call.function().reduces ? new ExpressionShape(0, all.perInstance, all.needs) : all;
  }

  private static ExpressionShape ofName(String where, String name, FeatureScope scope) {
    FeatureScope.Variable variable = scope.variable(name);
    if (variable != null) {
      boolean parameter = variable.place() == FeatureScope.Place.PARAMETER;
      return new ExpressionShape(
          variable.width(),
          parameter,
          variable.needs() == null ? Set.of() : Set.of(variable.needs()));
    }
    Expression definition = scope.definition(name);
    if (definition == null) {
      throw scope.unknown(where, name);
    }
    // Once a name: a chain of features that use each other often would cost exponential time.
    ExpressionShape known = scope.shapes.get(name);
    if (known == null) {
      known = of("features." + name, definition, scope);
      scope.shapes.put(name, known);
    }
    return known;
  }

  private ExpressionShape with(String where, ExpressionShape other) {
    if (width != 0 && other.width != 0 && width != other.width) {
      throw new CircuitException(
          where
              + ": vectors of "
              + width
              + " and "
              + other.width
              + " elements (expected: the same length)");
    }
    Set<Visible> union = EnumSet.noneOf(Visible.class);
    union.addAll(needs);
    union.addAll(other.needs);
    return new ExpressionShape(
        Math.max(width, other.width), perInstance && other.perInstance, union);
  }
}
