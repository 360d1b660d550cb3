package io.understudy.surrogate.feature;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java text of statements that run one after the other, each for a chunk of events: loops over
 * columns, which the JVM turns into vectors. A loop is a method of its own, as the JVM leaves long
 * methods uncompiled. Columns lie in a work array; one whose last reader is done serves again.
 */
final class ColumnLoops {
  /** Events of a chunk: few enough that its columns stay in the processor's nearest cache. */
  static final int CHUNK = 256;

  /** Most statements of a loop. */
  private static final int TOGETHER = 8;

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
    List<List<Integer>> loops = loops(statements);
    int[] lastReader = lastReaders(statements, loops, stores);
    int[] column = new int[statements.size()];
    Deque<Integer> free = new ArrayDeque<>();
    for (int l = 0; l < loops.size(); l++) {
      for (int k : loops.get(l)) {
        column[k] = free.isEmpty() ? work++ : free.pop();
      }
      add(body(loops.get(l), statements, column));
      for (int k = 0; k < lastReader.length; k++) {
        if (lastReader[k] == l) {
          free.push(column[k]);
        }
      }
    }
    for (String store : stores) {
      add(resolved(store, column));
    }
  }

  /**
   * The statements of each loop, in order. First what only brings values from the events' own
   * places together, several to a loop: these lie far apart, and are passed over once.
   */
  private static List<List<Integer>> loops(List<ScalarCode.Statement> statements) {
    List<List<Integer>> loops = new ArrayList<>();
    Map<Integer, List<Integer>> open = new TreeMap<>();
    List<List<Integer>> others = new ArrayList<>();
    for (int k = 0; k < statements.size(); k++) {
      ScalarCode.Statement s = statements.get(k);
      if (NAME.matcher(s.value()).find()) {
        others.add(List.of(k));
        continue;
      }
      List<Integer> loop = open.computeIfAbsent(s.terms(), terms -> new ArrayList<>());
      loop.add(k);
      if (loop.size() == TOGETHER) {
        loops.add(open.remove(s.terms()));
      }
    }
    loops.addAll(open.values());
    loops.addAll(others);
    return loops;
  }

  /** What a loop does for an event; its statements are sums of as many terms, or none is a sum. */
  private static String body(
      List<Integer> loop, List<ScalarCode.Statement> statements, int[] column) {
    int terms = statements.get(loop.get(0)).terms();
    StringBuilder zeros = new StringBuilder();
    StringBuilder sums = new StringBuilder();
    StringBuilder targets = new StringBuilder();
    for (int k : loop) {
      String value = resolved(statements.get(k).value(), column);
      if (terms > 0) {
        zeros.append("double s%d = 0.0; ".formatted(k));
        sums.append("s%d += %s; ".formatted(k, value));
        value = "s" + k;
      }
      targets.append(at(column[k])).append(" = ").append(value).append("; ");
    }
    String all = terms == 0 ? "" : "for (int i = 0; i < " + terms + "; i++) { " + sums + "} ";
    return zeros + all + targets;
  }

  /** Of each statement: the number of the last loop that reads it; the stores come after all. */
  private static int[] lastReaders(
      List<ScalarCode.Statement> statements, List<List<Integer>> loops, List<String> stores) {
    int[] last = new int[statements.size()];
    for (int l = 0; l < loops.size(); l++) {
      for (int k : loops.get(l)) {
        last[k] = l;
        read(statements.get(k).value(), l, last);
      }
    }
    stores.forEach(store -> read(store, loops.size(), last));
    return last;
  }

  private static void read(String text, int by, int[] last) {
    Matcher reads = NAME.matcher(text);
    while (reads.find()) {
      last[Integer.parseInt(reads.group(1))] = by;
    }
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
