package io.understudy.surrogate.forest;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads LightGBM's text model (version v4, as LightGBM 4.3 writes it): one output, numeric splits,
 * constant or linear leaves. What else the format knows (categorical splits, several classes) is
 * refused.
 */
public final class ForestReader {
  private static final int MAX_TREES = 100_000;
  private static final int MAX_LEAVES = 1 << 16;

  private final String origin;
  private final String[] lines;
  private int at;

  private ForestReader(String origin, String text) {
    this.origin = origin;
    this.lines = text.split("\r?\n");
  }

  /**
   * @param origin names the model in errors
   * @param text the model
   * @throws ForestException naming the line and what was expected
   */
  public static Forest read(String origin, String text) {
    return new ForestReader(origin, text).forest();
  }

  private Forest forest() {
    if (!lines[0].equals("tree")) {
      throw error(lines[0], "a LightGBM text model, which starts with \"tree\"");
    }
    at = 1;
    Map<String, String> header = section();
    expect(header, "num_class", "1");
    expect(header, "num_tree_per_iteration", "1");
    if (header.containsKey("average_output")) {
      throw error("average_output", "a boosted model, not a random forest");
    }
    int features = number("max_feature_idx", header.get("max_feature_idx")) + 1;
    ForestBuilder builder = new ForestBuilder();
    while (at < lines.length && !lines[at].equals("end of trees")) {
      if (lines[at].startsWith("Tree=")) {
        int index = number("Tree", lines[at].substring("Tree=".length()));
        if (index != builder.root.size() || index >= MAX_TREES) {
          throw error("Tree=" + index, "tree " + builder.root.size() + " of at most " + MAX_TREES);
        }
        at++;
        tree(section(), builder, features);
      } else if (lines[at].isBlank()) {
        at++;
      } else {
        throw error(lines[at], "Tree=" + builder.root.size() + " or \"end of trees\"");
      }
    }
    if (at >= lines.length) {
      throw error("end of the text", "\"end of trees\"");
    }
    return new Forest(features, builder);
  }

  private void tree(Map<String, String> tree, ForestBuilder builder, int features) {
    int leaves = number("num_leaves", tree.get("num_leaves"));
    if (leaves < 1 || leaves > MAX_LEAVES) {
      throw error("num_leaves=" + leaves, "1 to " + MAX_LEAVES);
    }
    expect(tree, "num_cat", "0");
    int nodes = leaves - 1;
    int[] split = integers(tree, "split_feature", nodes);
    int[] decision = integers(tree, "decision_type", nodes);
    int[] left = integers(tree, "left_child", nodes);
    int[] right = integers(tree, "right_child", nodes);
    double[] thresholds = doubles(tree, "threshold", nodes);
    double[] values = doubles(tree, "leaf_value", leaves);
    for (int k = 0; k < nodes; k++) {
      check(
          split[k] >= 0 && split[k] < features,
          "split_feature",
          split[k],
          "0 to " + (features - 1));
      check(
          (decision[k] & ~0b1110) == 0 && decision[k] >> 2 <= 2,
          "decision_type",
          decision[k],
          "a numeric split");
    }
    checkChildren(left, right, nodes);
    for (double value : values) {
      check(Double.isFinite(value), "leaf_value", value, "a finite number");
    }
    builder.tree(split, thresholds, decision, left, right, values);
    if (!"0".equals(tree.getOrDefault("is_linear", "0"))) {
      linear(tree, builder, features, leaves);
    }
  }

  /** The leaves' linear functions: the features and coefficients of all leaves in one row each. */
  private void linear(Map<String, String> tree, ForestBuilder builder, int features, int leaves) {
    double[] constants = doubles(tree, "leaf_const", leaves);
    int[] counts = integers(tree, "num_features", leaves);
    for (int count : counts) {
      check(count >= 0 && count <= features, "num_features", count, "0 to " + features);
    }
    int terms = Arrays.stream(counts).sum();
    int[] feature = integers(tree, "leaf_features", terms);
    double[] coefficient = doubles(tree, "leaf_coeff", terms);
    int from = 0;
    for (int leaf = 0; leaf < leaves; leaf++) {
      int to = from + counts[leaf];
      check(Double.isFinite(constants[leaf]), "leaf_const", constants[leaf], "a finite number");
      for (int k = from; k < to; k++) {
        check(
            feature[k] >= 0 && feature[k] < features,
            "leaf_features",
            feature[k],
            "0 to " + (features - 1));
        check(Double.isFinite(coefficient[k]), "leaf_coeff", coefficient[k], "a finite number");
      }
      builder.linear(
          leaf,
          leaves,
          constants[leaf],
          Arrays.copyOfRange(feature, from, to),
          Arrays.copyOfRange(coefficient, from, to));
      from = to;
    }
  }

  /**
   * Each node but the root and each leaf must be exactly one node's child, with children after
   * their parents: no circle.
   */
  private void checkChildren(int[] left, int[] right, int nodes) {
    boolean[] node = new boolean[nodes];
    boolean[] leaf = new boolean[nodes + 1];
    for (int parent = 0; parent < nodes; parent++) {
      for (int child : new int[] {left[parent], right[parent]}) {
        boolean fits =
            child >= 0
                ? child < nodes && child > parent && !node[child]
                : ~child <= nodes && !leaf[~child];
        check(
            fits,
            "child of node " + parent,
            child,
            "a node after it or a leaf, which no other node has");
        if (child >= 0) {
          node[child] = true;
        } else {
          leaf[~child] = true;
        }
      }
    }
  }

  private void check(boolean fits, String what, Object value, String expected) {
    if (!fits) {
      throw error(what + " " + value, expected);
    }
  }

  /** Reads key=value lines up to the next blank line. */
  private Map<String, String> section() {
    Map<String, String> values = new HashMap<>();
    for (; at < lines.length && !lines[at].isBlank(); at++) {
      int equals = lines[at].indexOf('=');
      values.put(
          equals < 0 ? lines[at] : lines[at].substring(0, equals),
          equals < 0 ? "" : lines[at].substring(equals + 1));
    }
    return values;
  }

  private void expect(Map<String, String> values, String key, String expected) {
    if (!expected.equals(values.get(key))) {
      throw error(key + "=" + values.get(key), expected);
    }
  }

  private int[] integers(Map<String, String> tree, String key, int count) {
    return Arrays.stream(words(tree, key, count)).mapToInt(word -> number(key, word)).toArray();
  }

  private double[] doubles(Map<String, String> tree, String key, int count) {
    return Arrays.stream(words(tree, key, count)).mapToDouble(word -> real(key, word)).toArray();
  }

  private String[] words(Map<String, String> tree, String key, int count) {
    String text = tree.getOrDefault(key, "").strip();
    String[] words = text.isEmpty() ? new String[0] : text.split(" +");
    if (words.length != count) {
      throw error(key + " of " + words.length + " values", count + " values");
    }
    return words;
  }

  private int number(String key, String word) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw error(key + "=" + word, "a whole number");
    }
  }

  private double real(String key, String word) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw error(key + "=" + word, "a number");
    }
  }

  private ForestException error(Object value, String expected) {
    String text = String.valueOf(value);
    String shortened = text.length() > 80 ? text.substring(0, 80) + "..." : text;
    return new ForestException(
        origin + ":" + (at + 1) + ": " + shortened + " (expected: " + expected + ")");
  }
}
