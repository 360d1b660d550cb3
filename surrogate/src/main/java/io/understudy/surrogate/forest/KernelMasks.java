package io.understudy.surrogate.forest;

import java.util.Arrays;
import java.util.List;

/**
 * The splits of trees of up to 64 leaves as masks: a split that sends a row right strikes out the
 * leaves on its left; the leftmost that is left over is the row's. So all splits of a tree are
 * compared without a branch and without one waiting for another. The idea is QuickScorer's
 * (Lucchese et al., SIGIR 2015). A tree's leaves lie in two masks of 32, so that as many rows as
 * possible fit into one of the machine's vectors; most splits strike in one of them.
 */
final class KernelMasks {
  /** Splits that are compared in one pass over the rows; each half has a multiple of so many. */
  private static final int GROUP = 4;

  private static final int HALF = Integer.SIZE;

  private final KernelLayout layout;

  /** Of each tree and half: its first split; one more at the end. */
  private final int[] firstSplit;

  /** Of each split and half: its key column, the smallest key that goes right, what stays then. */
  private int[] column = new int[64];

  private int[] from = new int[64];
  private int[] keep = new int[64];

  private int splits;
  private boolean usable;

  /**
   * @param ofTrees the splits of each tree; null where a tree has too many leaves
   */
  KernelMasks(KernelLayout layout, List<List<KernelSplits.Split>> ofTrees) {
    int trees = layout.root.length;
    this.layout = layout;
    this.firstSplit = new int[2 * trees + 1];
    this.usable = ofTrees != null;
    for (int t = 0; t < trees && usable; t++) {
      List<KernelSplits.Split> tree = ofTrees.get(t);
      for (int half = 0; half < 2; half++) {
        add(tree, half);
        while (splits % GROUP != 0) {
          split(0, 0, -1);
        }
        firstSplit[2 * t + half + 1] = splits;
      }
    }
  }

  /** Whether all trees are small enough, and all thresholds divide keys as they divide values. */
  boolean isUsable() {
    return usable;
  }

  /** Adds the splits of a tree that strike out leaves of one half. */
  private void add(List<KernelSplits.Split> tree, int half) {
    for (KernelSplits.Split s : tree) {
      int struck = (int) (s.struck() >>> half * HALF);
      usable &= FeatureKeys.dividesKeys(s.threshold());
      if (struck != 0) {
        split(s.column(), FeatureKeys.key(s.threshold()) + 1, ~struck);
      }
    }
  }

  private void split(int feature, int fromKey, int kept) {
    if (splits == column.length) {
      column = Arrays.copyOf(column, 2 * splits);
      from = Arrays.copyOf(from, 2 * splits);
      keep = Arrays.copyOf(keep, 2 * splits);
    }
    column[splits] = feature;
    from[splits] = fromKey;
    keep[splits++] = kept;
  }

  /** Finds the leaf of each row in a tree. */
  void leaves(int tree, FeatureKeys keys, int rows, Scratch scratch) {
    int[] leaves = scratch.leaves;
    int[] low = scratch.low;
    int[] high = scratch.high;
    strike(2 * tree, keys, rows, low);
    int first = layout.firstLeaf[tree];
    if (firstSplit[2 * tree + 2] == firstSplit[2 * tree + 1]) {
      // A struck out lower half points at the upper one, which has a single leaf or none.
      for (int r = 0; r < rows; r++) {
        leaves[r] = first + Integer.numberOfTrailingZeros(low[r]);
      }
      return;
    }
    strike(2 * tree + 1, keys, rows, high);
    for (int r = 0; r < rows; r++) {
      long mask = (long) high[r] << HALF | (low[r] & 0xffff_ffffL);
      leaves[r] = first + Long.numberOfTrailingZeros(mask);
    }
  }

  private void strike(int treeAndHalf, FeatureKeys keys, int rows, int[] masks) {
    Arrays.fill(masks, 0, rows, -1);
    int end = firstSplit[treeAndHalf + 1];
    for (int s = firstSplit[treeAndHalf]; s < end; s += GROUP) {
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
  }

  /**
   * A plain loop over arrays that the compiler turns into vectors; each array by itself for that.
   */
  private static void strike(
      int[] masks,
      int rows,
      int[] a,
      int fromA,
      int keepA,
      int[] b,
      int fromB,
      int keepB,
      int[] c,
      int fromC,
      int keepC,
      int[] d,
      int fromD,
      int keepD) {
    for (int r = 0; r < rows; r++) {
      masks[r] =
          masks[r]
              & (((a[r] - fromA) >> 31) | keepA)
              & (((b[r] - fromB) >> 31) | keepB)
              & (((c[r] - fromC) >> 31) | keepC)
              & (((d[r] - fromD) >> 31) | keepD);
    }
  }

  /** Room for the masks of some rows, and their leaves. */
  static final class Scratch {
    final int[] leaves;
    private final int[] low;
    private final int[] high;

    Scratch(int rows) {
      this.leaves = new int[rows];
      this.low = new int[rows];
      this.high = new int[rows];
    }
  }
}
