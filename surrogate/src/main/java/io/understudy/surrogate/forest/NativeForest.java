package io.understudy.surrogate.forest;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Arrays;

/**
 * The trees of a {@link KernelLayout} in native memory, scored by the machine's widest vectors
 * (surrogate/src/main/c). The scores have the bits of {@link Forest#score}: where a machine has no
 * such vectors, {@link ForestKernel} takes its own way to the same results.
 */
final class NativeForest {
  private static final Cleaner CLEANER = Cleaner.create();

  private final long address;

  private NativeForest(long address) {
    this.address = address;
    CLEANER.register(this, () -> free(address));
  }

  /** The forest; null where this machine, or one of its trees, is not made for it. */
  static NativeForest of(KernelLayout layout) {
    if (!NativeLibrary.isUsable() || layout.needsExactPath) {
      return null;
    }
    Splits splits = new Splits(layout);
    long address =
        build(
            layout.stride,
            layout.columns,
            splits.ofTree,
            Arrays.copyOf(splits.parent, splits.count),
            Arrays.copyOf(splits.column, splits.count),
            Arrays.copyOf(splits.threshold, splits.count),
            layout.terms,
            layout.constant,
            layout.restAt,
            layout.firsts.coefficient,
            layout.firsts.column,
            layout.rests.coefficient,
            layout.rests.column);
    return address == 0 ? null : new NativeForest(address);
  }

  /** The splits of all trees, breadth first. */
  private static final class Splits {
    final int[] ofTree;
    final int[] parent;
    final int[] column;
    final double[] threshold;
    int count;

    Splits(KernelLayout layout) {
      int nodes = layout.link.length;
      this.ofTree = new int[layout.root.length];
      this.parent = new int[nodes];
      this.column = new int[nodes];
      this.threshold = new double[nodes];
      for (int t = 0; t < ofTree.length; t++) {
        int end = layout.root[t] + 2 * (layout.firstLeaf[t + 1] - layout.firstLeaf[t]) - 1;
        for (int node = layout.root[t]; node < end; node++) {
          if ((int) layout.link[node] != node) {
            parent[count] = node - layout.root[t];
            column[count] = layout.feature[node];
            threshold[count++] = layout.threshold[node];
            ofTree[t]++;
          }
        }
      }
    }
  }

  /**
   * The raw scores of rows.
   *
   * @param columns the features' columns, as the layout has them
   * @param first the first row
   */
  void scores(double[] columns, int first, int rows, double[] scores) {
    if (!scores(address, columns, first, rows, scores)) {
      throw new OutOfMemoryError("no memory to hand arrays to the native evaluator");
    }
    Reference.reachabilityFence(this);
  }

  static native boolean isSupported();

  private static native long build(
      int stride,
      int[] columns,
      int[] splits,
      int[] parent,
      int[] column,
      double[] threshold,
      int[] width,
      double[] constant,
      int[] restAt,
      double[] coefficient,
      int[] termAt,
      double[] restCoefficient,
      int[] restTermAt);

  private static native void free(long address);

  private static native boolean scores(
      long address, double[] columns, int first, int rows, double[] scores);
}
