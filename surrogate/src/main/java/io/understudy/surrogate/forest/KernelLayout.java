package io.understudy.surrogate.forest;

import java.util.Arrays;

/** Lays the trees of a {@link Forest} out as {@link ForestKernel} walks them. */
final class KernelLayout {
  /**
   * Numbers of terms that the kernel has written out. Leaves of fewer get terms of nothing; what a
   * leaf has more than its tree's number is its rest.
   */
  private static final int[] WIDTHS = {4, 6, 8, 12, 16};

  /** What it costs to come upon a leaf with a rest, in terms: a branch that was not foreseen. */
  private static final int REST_COST = 10;

  final int[] root;
  final int[] depth;

  /** Of each tree: one of {@link #WIDTHS}, or 0 where its leaves are constants. */
  final int[] terms;

  final double[] threshold;
  final long[] link;

  /** Feature of each node that splits. */
  final int[] feature;

  /** Leaves of the largest tree. */
  int mostLeaves;

  /** Of each tree: its first leaf; its leaves follow from left to right; one more at the end. */
  final int[] firstLeaf;

  /** Of each tree: its first leaf's first term. */
  final int[] firstTerm;

  /** Leaf of each node that is one. */
  final int[] leafOf;

  /** Of each leaf: its constant; where its rest starts, one more at the end. */
  final double[] constant;

  final int[] restAt;

  /** The terms of the leaves up to their tree's width, and the rests. */
  final KernelTerms firsts = new KernelTerms();

  final KernelTerms rests = new KernelTerms();
  boolean needsExactPath;

  private final Forest forest;

  /** Column of each feature; from one column to the next. */
  final int[] columns;

  final int stride;

  /** The forest's node, or ~leaf, of each node laid out; with its steps from the root. */
  private final int[] source;

  private final int[] steps;
  private int nodes;
  private int leaves;

  /**
   * @param columns number of each feature's column
   * @param stride values from one column to the next
   */
  KernelLayout(Forest forest, int[] columns, int stride) {
    this.forest = forest;
    this.columns = columns;
    this.stride = stride;
    int trees = forest.root.length;
    // One more: where a row that is not finite may stray.
    int count = forest.leaf.length + forest.feature.length + 1;
    this.root = new int[trees];
    this.depth = new int[trees];
    this.terms = new int[trees];
    this.threshold = new double[count];
    this.link = new long[count];
    this.feature = new int[count];
    this.firstLeaf = new int[trees + 1];
    this.firstTerm = new int[trees];
    this.leafOf = new int[count];
    this.constant = new double[forest.leaf.length];
    this.restAt = new int[forest.leaf.length + 1];
    this.source = new int[count];
    this.steps = new int[count];
    for (int t = 0; t < trees; t++) {
      lay(t);
    }
    threshold[nodes] = Double.POSITIVE_INFINITY;
    link[nodes] = Math.max(0, nodes - 1);
    // A row that is not finite may stray beyond the last leaf's terms.
    firsts.trim(Arrays.stream(terms).max().orElse(0));
    rests.trim(0);
  }

  private void lay(int tree) {
    int first = nodes;
    root[tree] = first;
    place(forest.root[tree], 0);
    for (int at = first; at < nodes; at++) {
      if (source[at] >= 0) {
        split(at);
      } else {
        threshold[at] = Double.POSITIVE_INFINITY;
        link[at] = at;
        depth[tree] = Math.max(depth[tree], steps[at]);
      }
    }
    mostLeaves = Math.max(mostLeaves, (nodes - first + 1) / 2);
    terms[tree] = cheapestWidth(first);
    firstLeaf[tree] = leaves;
    firstTerm[tree] = firsts.count();
    layLeaves(first, terms[tree]);
    firstLeaf[tree + 1] = leaves;
  }

  /** Lays out the leaves at and below a node, from left to right. */
  private void layLeaves(int node, int width) {
    if (source[node] < 0) {
      leafOf[node] = leaves;
      leaf(~source[node], width);
    } else {
      layLeaves((int) link[node], width);
      layLeaves((int) link[node] + 1, width);
    }
  }

  /** The width at which the terms of the tree that was laid out last cost least; 0 without any. */
  private int cheapestWidth(int firstNode) {
    int most = 0;
    for (int at = firstNode; at < nodes; at++) {
      most = Math.max(most, source[at] < 0 ? termsOf(~source[at]) : 0);
    }
    if (most == 0) {
      return 0;
    }
    int cheapest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int width : WIDTHS) {
      double cost = 0;
      for (int at = firstNode; at < nodes; at++) {
        int rest = source[at] < 0 ? termsOf(~source[at]) - width : 0;
        cost += source[at] < 0 ? width : 0;
        cost += rest > 0 ? REST_COST + rest : 0;
      }
      if (cost < least) {
        cheapest = width;
        least = cost;
      }
    }
    return cheapest;
  }

  private void place(int node, int step) {
    source[nodes] = node;
    steps[nodes++] = step;
  }

  private void split(int at) {
    int node = source[at];
    threshold[at] = forest.threshold[node];
    feature[at] = columns[forest.feature[node]];
    link[at] = (long) columns[forest.feature[node]] * stride << 32 | nodes;
    needsExactPath |= forest.missing[node] == Forest.Missing.ZERO;
    needsExactPath |= !Double.isFinite(forest.threshold[node]);
    place(forest.left[node], steps[at] + 1);
    place(forest.right[node], steps[at] + 1);
  }

  private int firstTermOf(int leaf) {
    return leaf == 0 ? 0 : forest.termsEnd[leaf - 1];
  }

  private int termsOf(int leaf) {
    return forest.termsEnd[leaf] - firstTermOf(leaf);
  }

  private void leaf(int leaf, int width) {
    constant[leaves++] = forest.constant[leaf];
    int from = firstTermOf(leaf);
    int own = termsOf(leaf);
    for (int k = 0; k < Math.max(width, own); k++) {
      boolean real = k < own;
      (k < width ? firsts : rests)
          .add(
              real ? forest.termCoefficient[from + k] : 0,
              real ? columns[forest.termFeature[from + k]] * stride : 0);
    }
    restAt[leaves] = rests.count();
  }
}
