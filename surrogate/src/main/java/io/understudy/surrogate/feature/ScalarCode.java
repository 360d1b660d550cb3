package io.understudy.surrogate.feature;

import io.understudy.surrogate.feature.Expression.Binary;
import io.understudy.surrogate.feature.Expression.Call;
import io.understudy.surrogate.feature.Expression.Constant;
import io.understudy.surrogate.feature.Expression.Name;
import io.understudy.surrogate.feature.Expression.Negate;
import io.understudy.surrogate.feature.FeatureScope.Place;
import io.understudy.surrogate.feature.FeatureScope.Variable;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes Java for expressions within one method. Statements gather as expressions are asked for; a
 * named feature becomes a local variable once. Exponentials and the like go through StrictMath, so
 * that every machine computes the same bits.
 */
final class ScalarCode {
  private static final String ARRAYS =
      """
          double[] in = x.inputs; double[] prev = x.previous; double[] st = x.states;
          double[] nx = x.next; double[] par = x.parameters; double[] c = x.constants;
      """;

  /** Where code runs: for one event, or for each of many. */
  enum Form {
    ROW(ARRAYS + places(""), ""),
    COLUMNS(ARRAYS + "    for (int r = 0; r < rows; r++) {\n" + places("[r]"), "    }\n");

    final String prologue;
    final String epilogue;

    Form(String prologue, String epilogue) {
      this.prologue = prologue;
      this.epilogue = epilogue;
    }

    private static String places(String row) {
      return """
              int inAt = x.inputsAt@; int prevAt = x.previousAt@; int stAt = x.statesAt@;
              int nxAt = x.nextAt@; int parAt = x.parametersAt@; int cAt = x.constantsAt@;
              double periods_ = x.periods@; double latency_ = x.latency@; double output_ = x.output@;
          """
          .replace("@", row);
    }

    /** A feature's value in the output array. */
    String value(int slot) {
      return this == ROW ? "f[" + slot + "]" : "f[" + slot * EventColumns.STRIDE + " + r]";
    }
  }

  private final FeatureScope scope;
  private final InstanceConstants constants;
  private final boolean perInstance;
  private final Form form;
  private final Map<String, Integer> known;
  private final StringBuilder statements = new StringBuilder();
  private final Map<Expression, String> locals = new HashMap<>();
  private int names;

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

  String statements() {
    return statements.toString();
  }

  /** A Java expression for a scalar; statements it needs are added first. */
  String scalar(Expression expression) {
    if (expression instanceof Constant constant) {
      return literal(constant.value());
    }
    if (expression instanceof Name name) {
      Variable variable = scope.variable(name.name());
      return variable != null ? read(variable, null) : named(name);
    }
    if (hoistable(expression)) {
      return "c[cAt + " + constants.slot(expression, 0) + "]";
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
      return "c[cAt + " + constants.slot(definition, 0) + "]";
    }
    // Asked for first: to write a chain of features anew at each use would cost exponential time.
    String local = locals.get(name);
    if (local == null && known.containsKey(name.name())) {
      return local(name, form.value(known.get(name.name())));
    }
    return local != null ? local : local(name, scalar(definition));
  }

  private String local(Expression key, String value) {
    String written = locals.get(key);
    if (written != null) {
      return written;
    }
    String name = fresh();
    statements.append("    double ").append(name).append(" = ").append(value).append(";\n");
    locals.put(key, name);
    return name;
  }

  private String fresh() {
    return "t" + names++;
  }

  private static String read(Variable variable, String index) {
    if (variable.place() == Place.SCALAR) {
      return variable.field() + "_";
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
    String name = fresh();
    locals.put(call, name);
    statements
        .append("    double ")
        .append(name)
        .append(" = 0.0;\n    for (int i = 0; i < ")
        .append(width)
        .append("; i++) { ")
        .append(name)
        .append(" += ")
        .append(term)
        .append("; }\n");
    return name;
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
      return binary.operator() == Expression.Operator.POWER
          ? "StrictMath.pow(" + left + ", " + right + ")"
          : "(" + left + " " + binary.operator().symbol + " " + right + ")";
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
