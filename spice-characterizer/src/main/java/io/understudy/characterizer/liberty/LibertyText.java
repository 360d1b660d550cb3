package io.understudy.characterizer.liberty;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the syntax of Liberty: groups within groups, attributes, lists of numbers. */
final class LibertyText {
  private static final MathContext DIGITS = new MathContext(6);

  private final StringBuilder text = new StringBuilder();
  private int depth;

  /** A value of 6 digits. */
  static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  /** A number as Liberty has it. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new LibertyException("value: " + value + " (expected: a finite number)");
    }
    String shortest = Double.toString(rounded(value) + 0.0);
    return shortest.endsWith(".0") ? shortest.substring(0, shortest.length() - 2) : shortest;
  }

  /** Numbers as Liberty has them in a list. */
  static String list(List<Double> values) {
    return values.stream().map(LibertyText::number).collect(Collectors.joining(", ", "\"", "\""));
  }

  /** A comment of several lines. */
  void comment(List<String> lines) {
    line("/*");
    lines.forEach(l -> line(" * " + l.replace("*/", "* /")));
    line(" */");
  }

  /** A group: {@code name (argument) { ... }}. */
  void group(String name, String argument, Runnable body) {
    line(name + " (" + argument + ") {");
    depth++;
    body.run();
    depth--;
    line("}");
  }

  /** {@code name : value;} for a word or a number. */
  void word(String name, String value) {
    line(name + " : " + value + ";");
  }

  void number(String name, double value) {
    word(name, number(value));
  }

  /** {@code name : "value";}. */
  void text(String name, String value) {
    word(name, "\"" + value.replace('"', '\'').replace('\n', ' ') + "\"");
  }

  /** {@code name (values);}. */
  void complex(String name, String values) {
    line(name + " (" + values + ");");
  }

  /** A table's values, a line for each value of the first axis. */
  void table(List<List<Double>> rows) {
    line("values ( \\");
    for (int k = 0; k < rows.size(); k++) {
      line("  " + list(rows.get(k)) + (k + 1 < rows.size() ? ", \\" : " \\"));
    }
    line(");");
  }

  private void line(String line) {
    text.append("  ".repeat(depth)).append(line).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
