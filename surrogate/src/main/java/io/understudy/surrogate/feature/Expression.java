package io.understudy.surrogate.feature;

import java.util.List;

/**
 * A parsed feature expression. Values are numbers, scalars or vectors; a comparison gives 1 or 0.
 */
sealed interface Expression {
  /** A literal. */
  record Constant(double value) implements Expression {}

  /** A variable, a named feature or a fit. */
  record Name(String name) implements Expression {}

  /** Negation. */
  record Negate(Expression of) implements Expression {}

  /** An operation on two values, element by element where one is a vector. */
  record Binary(Operator operator, Expression left, Expression right) implements Expression {}

  /** A function's call. */
  record Call(Function function, List<Expression> arguments) implements Expression {}

  /** The operators with their Java spelling and whether they compare. */
  enum Operator {
    ADD("+", false),
    SUBTRACT("-", false),
    MULTIPLY("*", false),
    DIVIDE("/", false),
    POWER("^", false),
    LESS("<", true),
    LESS_EQUAL("<=", true),
    GREATER(">", true),
    GREATER_EQUAL(">=", true),
    EQUAL("==", true),
    NOT_EQUAL("!=", true);

    final String symbol;
    final boolean compares;

    Operator(String symbol, boolean compares) {
      this.symbol = symbol;
      this.compares = compares;
    }
  }

  /** The functions with their number of arguments; reductions take vectors and give a scalar. */
  enum Function {
    ABS(1, false),
    MIN(2, false),
    MAX(2, false),
    CLIP(3, false),
    EXP(1, false),
    LOG(1, false),
    SQRT(1, false),
    TANH(1, false),
    IF(3, false),
    SUM(1, true),
    DOT(2, true),
    /** The running sum of a vector that depends on parameters alone. */
    CUMSUM(1, false);

    final int arity;
    final boolean reduces;

    Function(int arity, boolean reduces) {
      this.arity = arity;
      this.reduces = reduces;
    }
  }
}
