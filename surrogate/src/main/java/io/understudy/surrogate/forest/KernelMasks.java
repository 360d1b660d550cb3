package io.understudy.surrogate.forest;

import java.util.Arrays;

/**
 * The splits of trees of up to 64 leaves as masks: a split that sends a row right strikes out the
 * leaves on its left; the leftmost that is left over is the row's. So all splits of a tree are
 * compared without a branch and without one waiting for another. The idea is QuickScorer's
 * (Lucchese et al., SIGIR 2015).
 */
final class KernelMasks {
  /** Splits that are compared in one pass over the rows; a tree has a multiple of so many. */
  private static final int GROUP = 4;

  private final KernelLayout layout;

  /** Of each tree: its first split and its first leaf; one more at the end. */
  private final int[] firstSplit;

  private final int[] firstLeaf;

  /** Of each split: its key column, the smallest key that goes right, the leaves that stay then. */
  private int[] column = new int[64];

  private long[] from = new long[64];
  private long[] keep = new long[64];

  /** Node of each leaf, from left to right, in the kernel's layout. */
  private final int[] leafNode;

  private int splits;
  private int leaves;
  private boolean usable;

  KernelMasks(KernelLayout layout) {
    int trees = layout.root.length;
    this.layout = layout;
    this.firstSplit = new int[trees + 1];
    this.firstLeaf = new int[trees + 1];
    this.leafNode = new int[layout.link.length];
    this.usable = layout.mostLeaves <= Long.SIZE;
    for (int t = 0; t < trees && usable; t++) {
      add(layout.root[t], leaves);
      while (splits % GROUP != 0) {
        split(0, 0, -1);
      }
      firstSplit[t + 1] = splits;
      firstLeaf[t + 1] = leaves;
    }
  }

  /** Whether all trees are small enough, and all thresholds of a common size. */
  boolean isUsable() {
    return usable;
  }

  /** Adds a node's leaves and splits, from left to right. */
  private void add(int node, int treesFirstLeaf) {
    int left = (int) layout.link[node];
    if (left == node) {
      leafNode[leaves++] = node;
      return;
    }
    int first = leaves - treesFirstLeaf;
    add(left, treesFirstLeaf);
    int count = leaves - treesFirstLeaf - first;
    long key = FeatureKeys.key(layout.threshold[node]);
    usable &= key != 0 && Math.abs(key) < FeatureKeys.LARGEST;
    split(layout.feature[node], key + 1, ~(((1L << count) - 1) << first));
    add(left + 1, treesFirstLeaf);
  }

  private void split(int feature, long fromKey, long kept) {
    if (splits == column.length) {
      column = Arrays.copyOf(column, 2 * splits);
      from = Arrays.copyOf(from, 2 * splits);
      keep = Arrays.copyOf(keep, 2 * splits);
    }
    column[splits] = feature;
    from[splits] = fromKey;
    keep[splits++] = kept;
  }

  /** Finds the node of the leaf of each row in a tree. */
  void leaves(int tree, FeatureKeys keys, int rows, long[] masks, int[] nodes) {
    Arrays.fill(masks, 0, rows, -1L);
    int end = firstSplit[tree + 1];
    for (int s = firstSplit[tree]; s < end; s += GROUP) {
      strike(
          masks,
          rows,
          keys.columns[column[s]],
          from[s],
          keep[s],
          keys.columns[column[s + 1]],
          from[s + 1],
          keep[s + 1],
          keys.columns[column[s + 2]],
          from[s + 2],
          keep[s + 2],
          keys.columns[column[s + 3]],
          from[s + 3],
          keep[s + 3]);
    }
    int first = firstLeaf[tree];
    for (int r = 0; r < rows; r++) {
      nodes[r] = leafNode[first + Long.numberOfTrailingZeros(masks[r])];
    }
  }

  /**
   * A plain loop over arrays that the compiler turns into vectors; each array by itself for that.
   */
  private static void strike(
      long[] masks,
      int rows,
      long[] a,
      long fromA,
      long keepA,
      long[] b,
      long fromB,
      long keepB,
      long[] c,
      long fromC,
      long keepC,
      long[] d,
      long fromD,
      long keepD) {
    for (int r = 0; r < rows; r++) {
      masks[r] =
          masks[r]
              & (((a[r] - fromA) >> 63) | keepA)
              & (((b[r] - fromB) >> 63) | keepB)
              & (((c[r] - fromC) >> 63) | keepC)
              & (((d[r] - fromD) >> 63) | keepD);
    }
  }
}
