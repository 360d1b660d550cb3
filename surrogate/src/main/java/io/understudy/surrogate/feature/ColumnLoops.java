package io.understudy.surrogate.feature;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java text of statements that run one after the other, each for a chunk of events: loops over
 * columns, which the JVM turns into vectors. A statement is a method of its own, as the JVM leaves
 * long methods uncompiled. Columns lie in a work array; one whose last reader is done serves again.
 */
final class ColumnLoops {
  /** Events of a chunk: few enough that its columns stay in the processor's nearest cache. */
  static final int CHUNK = 256;

  private static final Pattern NAME = Pattern.compile("@(\\d+)@");

  /** The arrays in which each event has its own place, with that place's variable. */
  private static final String[][] PLACES = {
    {"in", "inputs", "inAt"},
    {"prev", "previous", "prevAt"},
    {"st", "states", "stAt"},
    {"nx", "next", "nxAt"},
    {"par", "parameters", "parAt"},
    {"c", "constants", "cAt"}
  };

  private final String group;
  private final StringBuilder methods = new StringBuilder();
  private final StringBuilder calls = new StringBuilder();
  private int work;

  /** What statement number {@code k} is called by later ones. */
  static String name(int k) {
    return "@" + k + "@";
  }

  /**
   * @param group begins the names of the methods
   * @param statements in order
   * @param stores assignments of values to outputs, after them
   */
  ColumnLoops(String group, List<ScalarCode.Statement> statements, List<String> stores) {
    this.group = group;
    int[] lastReader = lastReaders(statements, stores);
    int[] column = new int[statements.size()];
    Deque<Integer> free = new ArrayDeque<>();
    for (int k = 0; k < statements.size(); k++) {
      column[k] = free.isEmpty() ? work++ : free.pop();
      ScalarCode.Statement s = statements.get(k);
      String target = at(column[k]);
      add(
          s.terms() == 0
              ? target + " = " + resolved(s.value(), column) + ";"
              : "double sum = 0.0; "
                  + RowText.sum(
                      "sum",
                      new ScalarCode.Statement(s.name(), resolved(s.value(), column), s.terms()))
                  + " "
                  + target
                  + " = sum;");
      for (int j = 0; j <= k; j++) {
        if (lastReader[j] == k) {
          free.push(column[j]);
        }
      }
    }
    for (String store : stores) {
      add(resolved(store, column));
    }
  }

  /** Of each statement: the number of the last one that reads it; the stores come after all. */
  private static int[] lastReaders(List<ScalarCode.Statement> statements, List<String> stores) {
    int[] last = new int[statements.size()];
    Arrays.setAll(last, k -> k);
    List<String> texts = new ArrayList<>();
    statements.forEach(s -> texts.add(s.value()));
    texts.addAll(stores);
    for (int k = 0; k < texts.size(); k++) {
      Matcher reads = NAME.matcher(texts.get(k));
      while (reads.find()) {
        last[Integer.parseInt(reads.group(1))] = k;
      }
    }
    return last;
  }

  private static String at(int column) {
    return "t[" + column * CHUNK + " + r]";
  }

  private static String resolved(String text, int[] column) {
    return NAME.matcher(text).replaceAll(m -> at(column[Integer.parseInt(m.group(1))]));
  }

  private void add(String body) {
    String method = group + "_" + calls.chars().filter(ch -> ch == '\n').count();
    StringBuilder arrays = new StringBuilder();
    StringBuilder places = new StringBuilder();
    for (String[] p : PLACES) {
      if (body.contains(p[2] + " +")) {
        arrays.append(" double[] ").append(p[0]).append(" = x.").append(p[1]).append(';');
        places.append(" int %s = x.%sAt[b + r];".formatted(p[2], p[1]));
      }
    }
    methods.append(
        """
          private static void %s(EventColumns x, int b, int n, double[] f, double[] t) {
           %s
            for (int r = 0; r < n; r++) {%s %s }
          }
        """
            .formatted(method, arrays, places, body));
    calls.append("      ").append(method).append("(x, b, n, f, t);\n");
  }

  /** Number of values of the work array. */
  int work() {
    return work * CHUNK;
  }

  /** The methods, of which the one named like the group runs all others. */
  String methods() {
    return methods
        + """
          private static void %s(EventColumns x, int rows, double[] f) {
            double[] t = x.work(%d);
            for (int b = 0; b < rows; b += %d) {
              int n = Math.min(rows - b, %d);
        %s    }
          }
        """
            .formatted(group, work(), CHUNK, CHUNK, calls);
  }
}
