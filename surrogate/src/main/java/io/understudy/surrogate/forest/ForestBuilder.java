package io.understudy.surrogate.forest;

import java.util.ArrayList;
import java.util.List;

/** Gathers the trees of a {@link Forest} in their order. */
final class ForestBuilder {
  final List<Integer> root = new ArrayList<>();
  final List<Integer> feature = new ArrayList<>();
  final List<Double> threshold = new ArrayList<>();
  final List<Forest.Missing> missing = new ArrayList<>();
  final List<Boolean> defaultLeft = new ArrayList<>();
  final List<Integer> left = new ArrayList<>();
  final List<Integer> right = new ArrayList<>();
  final List<Double> leaf = new ArrayList<>();

  /** Of each leaf: its terms' end in {@link #termFeature}; all 0 where leaves are constants. */
  final List<Integer> termsEnd = new ArrayList<>();

  final List<Double> constant = new ArrayList<>();
  final List<Integer> termFeature = new ArrayList<>();
  final List<Double> termCoefficient = new ArrayList<>();

  /**
   * Adds a tree in LightGBM's own numbering: children &gt;= 0 are the tree's nodes, &lt; 0 its
   * leaves.
   *
   * @param decision LightGBM's decision types: bit 1 default left, bits 2 and 3 the kind of missing
   *     value
   */
  void tree(int[] split, double[] at, int[] decision, int[] lefts, int[] rights, double[] values) {
    int nodeBase = feature.size();
    int leafBase = leaf.size();
    root.add(split.length == 0 ? ~leafBase : nodeBase);
    for (int k = 0; k < split.length; k++) {
      feature.add(split[k]);
      threshold.add(clearOfZero(at[k]));
      defaultLeft.add((decision[k] & 2) != 0);
      missing.add(Forest.Missing.values()[(decision[k] >> 2) & 3]);
      left.add(child(lefts[k], nodeBase, leafBase));
      right.add(child(rights[k], nodeBase, leafBase));
    }
    for (double value : values) {
      leaf.add(value);
      constant.add(value);
      termsEnd.add(termFeature.size());
    }
  }

  /**
   * Makes a leaf of the last tree linear.
   *
   * @param leafOfTree the leaf's number in the tree; in ascending order
   */
  void linear(int leafOfTree, int leaves, double intercept, int[] features, double[] coefficients) {
    int at = leaf.size() - leaves + leafOfTree;
    constant.set(at, intercept);
    for (int k = 0; k < features.length; k++) {
      termFeature.add(features[k]);
      termCoefficient.add(coefficients[k]);
    }
    for (int k = at; k < leaf.size(); k++) {
      termsEnd.set(k, termFeature.size());
    }
  }

  /**
   * LightGBM hands its trees a zero for every value up to {@link Forest#ZERO}. A threshold among
   * these moves to their edge, so that all of them fall where zero does.
   */
  private static double clearOfZero(double threshold) {
    if (threshold < -Forest.ZERO || threshold >= Forest.ZERO) {
      return threshold;
    }
    return threshold >= 0 ? Forest.ZERO : Math.nextDown(-Forest.ZERO);
  }

  private static int child(int child, int nodeBase, int leafBase) {
    return child >= 0 ? child + nodeBase : ~(~child + leafBase);
  }
}
