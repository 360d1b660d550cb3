package io.understudy.surrogate.feature;

import io.understudy.surrogate.feature.Expression.Binary;
import io.understudy.surrogate.feature.Expression.Call;
import io.understudy.surrogate.feature.Expression.Constant;
import io.understudy.surrogate.feature.Expression.Name;
import io.understudy.surrogate.feature.Expression.Negate;
import io.understudy.surrogate.feature.FeatureScope.Place;
import io.understudy.surrogate.feature.FeatureScope.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes Java for expressions within one method. Statements gather as expressions are asked for; a
 * named feature becomes a local value once. Exponentials and the like go through StrictMath, so
 * that every machine computes the same bits.
 */
final class ScalarCode {
  /** Where code runs: for one event, event by event, or statement by statement for many events. */
  enum Form {
    ROW,
    EACH_ROW,
    COLUMNS;

    /** A feature's value in the output array. */
    String value(int slot) {
      return switch (this) {
        case ROW -> "f[" + slot + "]";
        case EACH_ROW -> "f[" + slot * EventColumns.STRIDE + " + r]";
        case COLUMNS -> "f[" + slot * EventColumns.STRIDE + " + b + r]";
      };
    }
  }

  /**
   * A local value.
   *
   * @param name what later statements call it
   * @param value a Java expression; of a sum, of each term
   * @param terms number of terms, which it counts with {@code i}; 0 for no sum
   */
  record Statement(String name, String value, int terms) {}

  private static final Constant TWO = new Constant(2);

  private final FeatureScope scope;
  private final InstanceConstants constants;
  private final boolean perInstance;
  private final Form form;
  private final Map<String, Integer> known;
  private final List<Statement> statements = new ArrayList<>();
  private final Map<Expression, String> locals = new HashMap<>();

  private ScalarCode(
      FeatureScope scope,
      InstanceConstants constants,
      boolean perInstance,
      Form form,
      Map<String, Integer> known) {
    this.scope = scope;
    this.constants = constants;
    this.perInstance = perInstance;
    this.form = form;
    this.known = known;
  }

  /** Of the constants themselves. */
  static ScalarCode ofConstants(FeatureScope scope, InstanceConstants constants) {
    return new ScalarCode(scope, constants, true, Form.ROW, Map.of());
  }

  /**
   * Of a group's features.
   *
   * @param known named scalars that the output array holds
   */
  static ScalarCode ofGroup(
      FeatureScope scope, InstanceConstants constants, Form form, Map<String, Integer> known) {
    return new ScalarCode(scope, constants, false, form, known);
  }

  /** What the expressions asked for so far need, in order. */
  List<Statement> statements() {
    return statements;
  }

  /** A Java expression for a scalar; statements it needs are added first. */
  String scalar(Expression expression) {
    if (expression instanceof Constant constant) {
      return literal(constant.value());
    }
    if (expression instanceof Name name) {
      Variable variable = scope.variable(name.name());
      return variable != null ? gathered(expression, variable) : named(name);
    }
    if (hoistable(expression)) {
      return gathered(expression, constant(constants.slot(expression, 0)));
    }
    if (expression instanceof Call call && call.function().reduces) {
      return reduction(call);
    }
    return operation(expression, null);
  }

  /** A Java expression for the element at {@code index} of a vector, or for a scalar as it is. */
  String element(Expression expression, String index) {
    ExpressionShape shape = ExpressionShape.of("feature", expression, scope);
    if (shape.width() == 0) {
      String value = scalar(expression);
      return expression instanceof Constant ? value : local(expression, value);
    }
    if (expression instanceof Name name) {
      Variable variable = scope.variable(name.name());
      if (variable != null) {
        return read(variable, index);
      }
      Expression definition = scope.definition(name.name());
      return shape.perInstance()
          ? "c[cAt + " + constants.slot(definition, shape.width()) + " + " + index + "]"
          : element(definition, index);
    }
    if (hoistable(expression)) {
      return "c[cAt + " + constants.slot(expression, shape.width()) + " + " + index + "]";
    }
    if (expression instanceof Call call && call.function() == Expression.Function.CUMSUM) {
      return "c[cAt + " + constants.runningSum(call, shape.width()) + " + " + index + "]";
    }
    return operation(expression, index);
  }

  private boolean hoistable(Expression expression) {
    return !perInstance
        && !isNumber(expression)
        && ExpressionShape.of("feature", expression, scope).perInstance();
  }

  /** Whether it is written with numbers alone, so that the compiler computes it. */
  private static boolean isNumber(Expression expression) {
    if (expression instanceof Negate negate) {
      return isNumber(negate.of());
    }
    if (expression instanceof Binary binary) {
      return binary.operator() != Expression.Operator.POWER
          && !binary.operator().compares
          && isNumber(binary.left())
          && isNumber(binary.right());
    }
    return expression instanceof Constant;
  }

  private String named(Name name) {
    Expression definition = scope.definition(name.name());
    if (ExpressionShape.of(name.name(), definition, scope).perInstance()) {
      return gathered(name, constant(constants.slot(definition, 0)));
    }
    // Asked for first: to write a chain of features anew at each use would cost exponential time.
    String local = locals.get(name);
    if (local == null && known.containsKey(name.name())) {
      return local(name, form.value(known.get(name.name())));
    }
    return local != null ? local : local(name, scalar(definition));
  }

  private static String constant(int slot) {
    return "c[cAt + " + slot + "]";
  }

  private String gathered(Expression key, Variable variable) {
    String value = read(variable, null);
    return variable.place() == Place.SCALAR ? value : gathered(key, value);
  }

  /** A value from an array in which each event has a place of its own. */
  private String gathered(Expression key, String value) {
    // Brought into a column first, what is computed from it is a plain loop over arrays.
    return form == Form.COLUMNS ? local(key, value) : value;
  }

  private String local(Expression key, String value) {
    String written = locals.get(key);
    return written != null ? written : add(key, value, 0);
  }

  private String add(Expression key, String value, int terms) {
    String name =
        form == Form.COLUMNS ? ColumnLoops.name(statements.size()) : "t" + statements.size();
    statements.add(new Statement(name, value, terms));
    locals.put(key, name);
    return name;
  }

  private String read(Variable variable, String index) {
    if (variable.place() == Place.SCALAR) {
      return form == Form.COLUMNS ? "x." + variable.field() + "[b + r]" : variable.field() + "_";
    }
    String base =
        switch (variable.place()) {
          case INPUT -> "in[inAt + ";
          case PREVIOUS -> "prev[prevAt + ";
          case STATE -> "st[stAt + ";
          case NEXT -> "nx[nxAt + ";
          case PARAMETER -> "par[parAt + ";
          case SCALAR -> throw new IllegalStateException();
        };
    return base + variable.at() + (index == null ? "" : " + " + index) + "]";
  }

  private String reduction(Call call) {
    String written = locals.get(call);
    if (written != null) {
      return written;
    }
    int width = 0;
    for (Expression argument : call.arguments()) {
      width = Math.max(width, ExpressionShape.of("feature", argument, scope).width());
    }
    String term =
        call.arguments().size() == 1
            ? element(call.arguments().get(0), "i")
            : element(call.arguments().get(0), "i") + " * " + element(call.arguments().get(1), "i");
    return add(call, term, width);
  }

  private String operation(Expression expression, String index) {
    if (expression instanceof Negate negate) {
      return "(-" + part(negate.of(), index) + ")";
    }
    if (expression instanceof Binary binary) {
      String left = part(binary.left(), index);
      String right = part(binary.right(), index);
      if (binary.operator().compares) {
        return "(" + left + " " + binary.operator().symbol + " " + right + " ? 1.0 : 0.0)";
      }
      if (binary.operator() == Expression.Operator.POWER) {
        return binary.right().equals(TWO)
            ? "square(" + left + ")"
            : "StrictMath.pow(" + left + ", " + right + ")";
      }
      return "(" + left + " " + binary.operator().symbol + " " + right + ")";
    }
    Call call = (Call) expression;
    String[] a =
        call.arguments().stream().map(argument -> part(argument, index)).toArray(String[]::new);
    return switch (call.function()) {
      case ABS -> "Math.abs(" + a[0] + ")";
      case MIN -> "Math.min(" + a[0] + ", " + a[1] + ")";
      case MAX -> "Math.max(" + a[0] + ", " + a[1] + ")";
      case CLIP -> "Math.min(Math.max(" + a[0] + ", " + a[1] + "), " + a[2] + ")";
      case EXP -> "StrictMath.exp(" + a[0] + ")";
      case LOG -> "StrictMath.log(" + a[0] + ")";
      case SQRT -> "Math.sqrt(" + a[0] + ")";
      case TANH -> "StrictMath.tanh(" + a[0] + ")";
      case IF -> "(" + a[0] + " != 0.0 ? " + a[1] + " : " + a[2] + ")";
      case SUM, DOT -> throw new IllegalStateException("a reduction is a scalar");
      case CUMSUM -> throw new IllegalStateException("a running sum is a constant");
    };
  }

  private String part(Expression expression, String index) {
    return index == null ? scalar(expression) : element(expression, index);
  }

  private static String literal(double value) {
    return value < 0 ? "(" + value + ")" : String.valueOf(value);
  }
}
