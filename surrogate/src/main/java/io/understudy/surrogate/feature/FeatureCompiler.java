package io.understudy.surrogate.feature;

import io.understudy.surrogate.circuit.CircuitException;
import io.understudy.surrogate.feature.FeatureGroup.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;

/**
 * Turns groups of expressions into one Java class. What depends on parameters alone moves to the
 * instance's constants.
 */
final class FeatureCompiler {
  private static final String CLASS = "CompiledFeatures";

  /** From so many events on loops over columns are faster than event by event. */
  private static final int COLUMNS_FROM = 24;

  private final FeatureScope scope;
  private final List<FeatureGroup> groups;
  private final InstanceConstants constants;

  FeatureCompiler(FeatureScope scope, List<FeatureGroup> groups) {
    this.scope = scope;
    this.groups = groups;
    this.constants = new InstanceConstants(scope);
  }

  FeatureProgram compile() {
    StringBuilder methods = new StringBuilder();
    StringBuilder dispatch = new StringBuilder();
    StringBuilder columns = new StringBuilder();
    StringBuilder widths = new StringBuilder();
    for (int g = 0; g < groups.size(); g++) {
      int width = group(g, groups.get(g), methods);
      dispatch
          .append("      case ")
          .append(g)
          .append(": group")
          .append(g)
          .append("(x, f); return;\n");
      columns
          .append("      case ")
          .append(g)
          .append(": if (rows < ")
          .append(COLUMNS_FROM)
          .append(") { each")
          .append(g)
          .append("(x, rows, f); } else { columns")
          .append(g)
          .append("(x, rows, f); } return;\n");
      widths.append("      case ").append(g).append(": return ").append(width).append(";\n");
    }
    String source =
        """
        import io.understudy.surrogate.feature.EventColumns;
        import io.understudy.surrogate.feature.FeatureContext;
        public final class %s extends io.understudy.surrogate.feature.FeatureProgram {
          public int constants() { return %d; }
          public int width(int group) {
            switch (group) {
        %s      default: throw new IllegalArgumentException("group " + group);
            }
          }
          public void evaluate(int group, FeatureContext x, double[] f) {
            switch (group) {
        %s      default: throw new IllegalArgumentException("group " + group);
            }
          }
          public void evaluate(int group, EventColumns x, int rows, double[] f) {
            switch (group) {
        %s      default: throw new IllegalArgumentException("group " + group);
            }
          }
          public void instance(FeatureContext x) {
        %s%s  }
        %s}
        """
            .formatted(
                CLASS,
                constants.count(),
                widths,
                dispatch,
                columns,
                RowText.ofOne(),
                constants.statements(),
                methods);
    try {
      SimpleCompiler compiler = new SimpleCompiler();
      compiler.setParentClassLoader(FeatureCompiler.class.getClassLoader());
      compiler.cook(source);
      return (FeatureProgram)
          compiler.getClassLoader().loadClass(CLASS).getDeclaredConstructor().newInstance();
    } catch (CompileException | ReflectiveOperationException e) {
      throw new IllegalStateException("generated features do not compile:\n" + source, e);
    }
  }

  /** Writes a group's methods in all forms; returns the number of its values. */
  private int group(int number, FeatureGroup group, StringBuilder methods) {
    ScalarCode row = ScalarCode.ofGroup(scope, constants, ScalarCode.Form.ROW, group.known());
    List<String> stores = stores(group, row, ScalarCode.Form.ROW);
    methods
        .append("  private static void group" + number + "(FeatureContext x, double[] f) {\n")
        .append(RowText.ofOne())
        .append(RowText.of(row.statements()))
        .append(String.join("\n", stores))
        .append("  }\n");
    ScalarCode each = ScalarCode.ofGroup(scope, constants, ScalarCode.Form.EACH_ROW, group.known());
    List<String> eachStores = stores(group, each, ScalarCode.Form.EACH_ROW);
    methods
        .append("  private static void each" + number)
        .append("(EventColumns x, int rows, double[] f) {\n")
        .append(RowText.ofEach())
        .append(RowText.of(each.statements()))
        .append(String.join("\n", eachStores))
        .append("    }\n  }\n");
    ScalarCode columns =
        ScalarCode.ofGroup(scope, constants, ScalarCode.Form.COLUMNS, group.known());
    List<String> columnStores = stores(group, columns, ScalarCode.Form.COLUMNS);
    methods.append(
        new ColumnLoops("columns" + number, columns.statements(), columnStores).methods());
    return stores.size();
  }

  /** The assignments of the group's values. */
  private List<String> stores(FeatureGroup group, ScalarCode code, ScalarCode.Form form) {
    List<String> stores = new ArrayList<>();
    for (String text : group.expressions()) {
      String where = group.label() + ": " + text;
      Expression expression = ExpressionParser.parse(where, text);
      ExpressionShape shape = ExpressionShape.of(where, expression, scope);
      checkVisible(where, shape, group.visible());
      int elements = Math.max(1, shape.width());
      for (int k = 0; k < elements; k++) {
        String value =
            shape.width() == 0
                ? code.scalar(expression)
                : code.element(expression, String.valueOf(k));
        stores.add(form.value(group.at() + stores.size()) + " = " + value + ";");
      }
    }
    return stores;
  }

  private static void checkVisible(String where, ExpressionShape shape, Set<Visible> visible) {
    if (!visible.containsAll(shape.needs())) {
      Set<Visible> missing = new TreeSet<>(shape.needs());
      missing.removeAll(visible);
      throw new CircuitException(
          where
              + ": looks at "
              + missing
              + " (expected: only what is known then: "
              + new TreeSet<>(visible)
              + ")");
    }
  }
}
