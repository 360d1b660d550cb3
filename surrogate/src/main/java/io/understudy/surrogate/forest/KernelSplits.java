package io.understudy.surrogate.forest;

import java.util.ArrayList;
import java.util.List;

/** The splits of trees of up to 64 leaves, each with the leaves that it strikes out. */
final class KernelSplits {
  private static final int MOST_LEAVES = Long.SIZE;

  /**
   * A split that sends values above its threshold right.
   *
   * @param column number of its feature's column
   * @param threshold the largest value that goes left
   * @param struck bits of the leaves on its left, counted from the tree's leftmost: what a row that
   *     goes right cannot reach
   */
  record Split(int column, double threshold, long struck) {}

  private KernelSplits() {}

  /** The splits of each tree; null where a tree has too many leaves. */
  static List<List<Split>> of(KernelLayout layout) {
    if (layout.mostLeaves > MOST_LEAVES) {
      return null;
    }
    List<List<Split>> trees = new ArrayList<>();
    for (int root : layout.root) {
      List<Split> splits = new ArrayList<>();
      add(layout, root, 0, splits);
      trees.add(splits);
    }
    return trees;
  }

  /**
   * Adds the splits at and below a node.
   *
   * @param first the node's leftmost leaf, counted from the tree's
   * @return the number of leaves at and below the node
   */
  private static int add(KernelLayout layout, int node, int first, List<Split> splits) {
    int left = (int) layout.link[node];
    if (left == node) {
      return 1;
    }
    int lefts = add(layout, left, first, splits);
    long struck = lefts == MOST_LEAVES ? -1 : ((1L << lefts) - 1) << first;
    splits.add(new Split(layout.feature[node], layout.threshold[node], struck));
    return lefts + add(layout, left + 1, first + lefts, splits);
  }
}
