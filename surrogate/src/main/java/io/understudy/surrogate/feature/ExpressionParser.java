package io.understudy.surrogate.feature;

import io.understudy.surrogate.circuit.CircuitException;
import io.understudy.surrogate.feature.Expression.Binary;
import io.understudy.surrogate.feature.Expression.Call;
import io.understudy.surrogate.feature.Expression.Constant;
import io.understudy.surrogate.feature.Expression.Function;
import io.understudy.surrogate.feature.Expression.Name;
import io.understudy.surrogate.feature.Expression.Negate;
import io.understudy.surrogate.feature.Expression.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a feature expression by recursive descent. From loosest to tightest: comparisons, + and -,
 * * and /, unary -, ^ (to the right).
 */
final class ExpressionParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)|(?<name>[A-Za-z_]\\w*)"
              + "|(?<symbol><=|>=|==|!=|[-+*/^<>(),]))");

  /** Nesting deeper than this is refused, so that a file cannot exhaust the stack. */
  private static final int MAX_DEPTH = 100;

  private final String where;
  private final String text;
  private final Matcher matcher;
  private int depth;
  private String token;
  private String kind;

  private ExpressionParser(String where, String text) {
    this.where = where;
    this.text = text;
    this.matcher = TOKEN.matcher(text);
    advance();
  }

  /**
   * @param where names the expression in errors, for example {@code features.margin}
   * @param text the expression
   * @throws CircuitException naming the place in the text and what was expected there
   */
  static Expression parse(String where, String text) {
    ExpressionParser parser = new ExpressionParser(where, text);
    Expression expression = parser.comparison();
    if (parser.token != null) {
      throw parser.error("the end of the expression or an operator");
    }
    return expression;
  }

  private void advance() {
    int from = matcher.hitEnd() ? text.length() : matcher.regionStart();
    if (text.substring(from).isBlank()) {
      token = null;
      kind = "end";
      return;
    }
    if (!matcher.lookingAt()) {
      token = text.substring(from).strip().substring(0, 1);
      throw error("a number, a name or an operator");
    }
    kind =
        matcher.group("number") != null
            ? "number"
            : matcher.group("name") != null ? "name" : "symbol";
    token = matcher.group(kind);
    matcher.region(matcher.end(), text.length());
  }

  private boolean take(String symbol) {
    if (symbol.equals(token)) {
      advance();
      return true;
    }
    return false;
  }

  private CircuitException error(String expected) {
    return new CircuitException(
        where
            + ": \""
            + text
            + "\": "
            + (token == null ? "end" : token)
            + " (expected: "
            + expected
            + ")");
  }

  private Expression comparison() {
    if (++depth > MAX_DEPTH) {
      throw error("at most " + MAX_DEPTH + " levels of nesting");
    }
    Expression left = sum();
    for (Operator operator : Operator.values()) {
      if (operator.compares && take(operator.symbol)) {
        left = new Binary(operator, left, sum());
        break;
      }
    }
    depth--;
    return left;
  }

  private Expression sum() {
    Expression left = product();
    while (true) {
      if (take("+")) {
        left = new Binary(Operator.ADD, left, product());
      } else if (take("-")) {
        left = new Binary(Operator.SUBTRACT, left, product());
      } else {
        return left;
      }
    }
  }

  private Expression product() {
    Expression left = unary();
    while (true) {
      if (take("*")) {
        left = new Binary(Operator.MULTIPLY, left, unary());
      } else if (take("/")) {
        left = new Binary(Operator.DIVIDE, left, unary());
      } else {
        return left;
      }
    }
  }

  private Expression unary() {
    int signs = 0;
    while (take("-")) {
      signs++;
    }
    Expression power = power();
    return signs % 2 == 1 ? new Negate(power) : power;
  }

  private Expression power() {
    Expression base = primary();
    return take("^") ? new Binary(Operator.POWER, base, unary()) : base;
  }

  private Expression primary() {
    if (take("(")) {
      Expression inner = comparison();
      if (!take(")")) {
        throw error(")");
      }
      return inner;
    }
    if (kind.equals("number")) {
      double value = Double.parseDouble(token);
      advance();
      return new Constant(value);
    }
    if (kind.equals("name")) {
      String name = token;
      advance();
      return take("(") ? call(name) : new Name(name);
    }
    throw error("a number, a name or (");
  }

  private Expression call(String name) {
    Function function =
        Arrays.stream(Function.values())
            .filter(f -> f.name().toLowerCase(Locale.ROOT).equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new CircuitException(
                        where
                            + ": function "
                            + name
                            + " (expected: one of "
                            + Arrays.toString(Function.values()).toLowerCase(Locale.ROOT)
                            + ")"));
    List<Expression> arguments = new ArrayList<>();
    do {
      arguments.add(comparison());
    } while (take(","));
    if (!take(")")) {
      throw error(") or ,");
    }
    if (arguments.size() != function.arity) {
      throw new CircuitException(
          where
              + ": "
              + name
              + " of "
              + arguments.size()
              + " arguments (expected: "
              + function.arity
              + ")");
    }
    return new Call(function, List.copyOf(arguments));
  }
}
