package io.understudy.surrogate.forest;

import java.util.Arrays;

/** Lays the trees of a {@link Forest} out as {@link ForestKernel} walks them. */
final class KernelLayout {
  final int[] root;
  final int[] depth;
  final int[] terms;
  final double[] threshold;
  final long[] link;
  final double[] constant;
  final int[] firstTerm;
  double[] coefficient = new double[16];
  int[] column = new int[16];
  boolean needsExactPath;

  private final Forest forest;
  private final int[] columnOf;

  /** The forest's node, or ~leaf, of each node laid out; with its steps from the root. */
  private final int[] source;

  private final int[] steps;
  private int nodes;
  private int termCount;

  /**
   * @param columnOf where each feature's column starts
   */
  KernelLayout(Forest forest, int[] columnOf) {
    this.forest = forest;
    this.columnOf = columnOf;
    int trees = forest.root.length;
    // One more: where a row that is not finite may stray.
    int count = forest.leaf.length + forest.feature.length + 1;
    this.root = new int[trees];
    this.depth = new int[trees];
    this.terms = new int[trees];
    this.threshold = new double[count];
    this.link = new long[count];
    this.constant = new double[count];
    this.firstTerm = new int[count];
    this.source = new int[count];
    this.steps = new int[count];
    for (int t = 0; t < trees; t++) {
      lay(t);
    }
    threshold[nodes] = Double.POSITIVE_INFINITY;
    link[nodes] = Math.max(0, nodes - 1);
    int room = termCount + Arrays.stream(terms).max().orElse(0);
    coefficient = Arrays.copyOf(coefficient, room);
    column = Arrays.copyOf(column, room);
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
        terms[tree] = Math.max(terms[tree], termsOf(~source[at]));
      }
    }
    for (int at = first; at < nodes; at++) {
      if (source[at] < 0) {
        leaf(at, ~source[at], terms[tree]);
      }
    }
  }

  private void place(int node, int step) {
    source[nodes] = node;
    steps[nodes++] = step;
  }

  private void split(int at) {
    int node = source[at];
    threshold[at] = forest.threshold[node];
    link[at] = (long) columnOf[forest.feature[node]] << 32 | nodes;
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

  private void leaf(int at, int leaf, int width) {
    constant[at] = forest.constant[leaf];
    firstTerm[at] = termCount;
    if (termCount + width > coefficient.length) {
      int room = Math.max(termCount + width, 2 * coefficient.length);
      coefficient = Arrays.copyOf(coefficient, room);
      column = Arrays.copyOf(column, room);
    }
    int from = firstTermOf(leaf);
    int own = termsOf(leaf);
    for (int k = 0; k < width; k++) {
      boolean real = k < own;
      coefficient[termCount] = real ? forest.termCoefficient[from + k] : 0;
      column[termCount++] = real ? columnOf[forest.termFeature[from + k]] : 0;
    }
  }
}
