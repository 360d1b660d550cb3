package io.understudy.surrogate.feature;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values that depend on an instance's parameters alone: computed once, then read from an array.
 */
final class InstanceConstants {
  private final FeatureScope scope;
  private final Map<Expression, Integer> slots = new LinkedHashMap<>();
  private final StringBuilder statements = new StringBuilder();
  private int count;

  InstanceConstants(FeatureScope scope) {
    this.scope = scope;
  }

  /** Number of values. */
  int count() {
    return count;
  }

  /** The Java statements that compute them, in order. */
  String statements() {
    return statements.toString();
  }

  /**
   * Index of the first value of an expression, which is computed once however often it is asked
   * for.
   */
  int slot(Expression expression, int width) {
    Integer known = slots.get(expression);
    if (known != null) {
      return known;
    }
    ScalarCode code = ScalarCode.ofConstants(scope, this);
    String value = width == 0 ? code.scalar(expression) : code.element(expression, "i");
    int slot = count;
    count += Math.max(1, width);
    slots.put(expression, slot);
    statements.append("    {\n").append(RowText.of(code.statements()));
    if (width == 0) {
      statements.append("    c[cAt + ").append(slot).append("] = ").append(value).append(";\n");
    } else {
      statements
          .append("    for (int i = 0; i < ")
          .append(width)
          .append("; i++) { c[cAt + ")
          .append(slot)
          .append(" + i] = ")
          .append(value)
          .append("; }\n");
    }
    statements.append("    }\n");
    return slot;
  }

  /** Index of the first value of a running sum. */
  int runningSum(Expression.Call call, int width) {
    Integer known = slots.get(call);
    if (known != null) {
      return known;
    }
    int of = slot(call.arguments().get(0), width);
    int slot = count;
    count += width;
    slots.put(call, slot);
    statements
        .append("    for (int i = 0; i < ")
        .append(width)
        .append("; i++) { c[cAt + ")
        .append(slot)
        .append(" + i] = (i == 0 ? 0.0 : c[cAt + ")
        .append(slot)
        .append(" + i - 1]) + c[cAt + ")
        .append(of)
        .append(" + i]; }\n");
    return slot;
  }
}
