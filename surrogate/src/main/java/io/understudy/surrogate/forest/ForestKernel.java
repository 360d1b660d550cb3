package io.understudy.surrogate.forest;

import java.util.Arrays;
import java.util.List;

/**
 * A {@link Forest} laid out for speed: scores many rows at a time, tree by tree and level by level,
 * without branches that depend on the data. Features lie in columns of one array.
 *
 * <p>Each tree's nodes lie side by side, breadth first, a right child after its left sibling; a
 * leaf is its own left child and never sends a row right, so that a fixed number of steps ends
 * every row. Linear leaves of a tree all have as many first terms, the added ones of coefficient 0:
 * a finite row's sum keeps its bits. A few leaves have a rest of terms beyond these. Rows with a
 * value that is not finite have to take {@link Forest#score}.
 *
 * <p>Where the machine's vectors allow it {@link NativeForest} does the work, to the same bits.
 *
 * <p>Immutable; safe for use by several threads with scratch of their own.
 */
public final class ForestKernel {
  private static final int WORD = 32;

  /** From so many leaves on a single row is worth the way out of Java and back. */
  private static final int NATIVE_ROW_FROM = 150;

  private final int trees;

  /** Of each tree: its root, the steps to its deepest leaf, the first terms of its leaves. */
  private final int[] root;

  private final int[] depth;
  private final int[] terms;

  /** Of each node: its threshold; infinite for a leaf. */
  private final double[] threshold;

  /** Of each node: where its feature's column starts (upper word), its left child (lower word). */
  private final long[] link;

  /** Leaf of each node that is one. */
  private final int[] leafOf;

  /** Of each tree: its first leaf and that one's first term. */
  private final int[] firstLeaf;

  private final int[] firstTerm;

  /** Of each leaf: its constant; where its rest starts. */
  private final double[] constant;

  private final int[] restAt;

  /** Of each first term: its coefficient, and where its feature's column starts. */
  private final double[] coefficient;

  private final int[] column;

  /** The same of the rests. */
  private final double[] restCoefficient;

  private final int[] restColumn;

  private final boolean exact;

  /** Null where native vectors score many rows. */
  private final KernelMasks byMask;

  /**
   * Null where native vectors score a row, a tree has too many leaves for it, or a threshold is too
   * large.
   */
  private final KernelLines byLine;

  /** Null where the machine has no vectors for it, or a tree is not made for it. */
  private final NativeForest inVectors;

  /**
   * @param inVectors the same trees in native memory, or null for Java alone
   */
  ForestKernel(KernelLayout layout, NativeForest inVectors) {
    this.inVectors = inVectors;
    this.trees = layout.root.length;
    this.root = layout.root;
    this.depth = layout.depth;
    this.terms = layout.terms;
    this.threshold = layout.threshold;
    this.link = layout.link;
    this.leafOf = layout.leafOf;
    this.firstLeaf = layout.firstLeaf;
    this.firstTerm = layout.firstTerm;
    this.constant = layout.constant;
    this.restAt = layout.restAt;
    this.coefficient = layout.firsts.coefficient;
    this.column = layout.firsts.column;
    this.restCoefficient = layout.rests.coefficient;
    this.restColumn = layout.rests.column;
    this.exact = layout.needsExactPath;
    boolean rowsInJava = inVectors == null || constant.length < NATIVE_ROW_FROM;
    List<List<KernelSplits.Split>> splits = rowsInJava ? KernelSplits.of(layout) : null;
    boolean hasLines = splits != null && KernelLines.fit(layout);
    this.byMask = inVectors == null ? new KernelMasks(layout, splits) : null;
    this.byLine = hasLines ? new KernelLines(layout, splits) : null;
  }

  /**
   * Whether even finite rows have to take {@link Forest#score}: a split takes zeros for missing, or
   * a leaf's numbers are not what the layout relies on.
   */
  public boolean needsExactPath() {
    return exact;
  }

  /** Whether scores are computed by the machine's widest vectors, outside Java. */
  public boolean isNative() {
    return inVectors != null;
  }

  /** Room that scoring so many rows takes; belongs to one thread at a time. */
  public static final class Scratch {
    private final KernelMasks.Scratch masks;
    private final int[] ranks;
    private final int[] group = new int[KernelLines.GROUP];
    private final double[] single = new double[1];

    /**
     * @param rows most rows
     * @param features most features of a forest
     */
    public Scratch(int rows, int features) {
      this.masks = new KernelMasks.Scratch(rows);
      this.ranks = new int[features];
    }
  }

  /**
   * The rows' raw scores; the sums over the trees, in their order, have the bits of {@link
   * Forest#score}.
   *
   * @param columns the features' columns; a row with a value that is not finite gets a score that
   *     means nothing
   * @param rows number of rows, from the columns' first
   * @param scores receives the scores
   */
  public void scores(double[] columns, int rows, double[] scores, Scratch scratch) {
    int[] leaves = scratch.masks.leaves;
    Arrays.fill(scores, 0, rows, 0);
    for (int t = 0; t < trees; t++) {
      descend(t, columns, rows, leaves);
      add(t, columns, rows, scores, leaves);
    }
  }

  /**
   * The same by the fastest way there is for many rows.
   *
   * @param keys of the columns, by their numbers; not looked at by a {@link #isNative native}
   *     kernel
   */
  public void scores(
      double[] columns, FeatureKeys keys, int rows, double[] scores, Scratch scratch) {
    if (inVectors != null) {
      inVectors.scores(columns, 0, rows, scores);
      return;
    }
    if (!byMask.isUsable()) {
      scores(columns, rows, scores, scratch);
      return;
    }
    Arrays.fill(scores, 0, rows, 0);
    for (int t = 0; t < trees; t++) {
      byMask.leaves(t, keys, rows, scratch.masks);
      add(t, columns, rows, scores, scratch.masks.leaves);
    }
  }

  private void add(int tree, double[] columns, int rows, double[] scores, int[] leaves) {
    int width = terms[tree];
    int offset = firstTerm[tree] - width * firstLeaf[tree];
    switch (width) {
      case 0 -> addConstants(rows, scores, leaves);
      case 4 -> addFour(columns, offset, rows, scores, leaves);
      case 6 -> addSix(columns, offset, rows, scores, leaves);
      case 8 -> addEight(columns, offset, rows, scores, leaves);
      case 12 -> addTwelve(columns, offset, rows, scores, leaves);
      case 16 -> addSixteen(columns, offset, rows, scores, leaves);
      default -> throw new IllegalStateException("no terms of width " + width);
    }
  }

  /** The raw score of one row, the columns' first plus {@code row}. */
  public double score(double[] columns, int row, Scratch scratch) {
    if (inVectors != null && byLine == null) {
      inVectors.scores(columns, row, 1, scratch.single);
      return scratch.single[0];
    }
    if (byLine == null) {
      return walk(columns, row);
    }
    int[] ranks = scratch.ranks;
    int[] group = scratch.group;
    byLine.ranks(columns, row, ranks);
    double sum = 0;
    for (int from = 0; from < trees; from += KernelLines.GROUP) {
      byLine.leaves(from, ranks, group);
      int to = Math.min(trees - from, KernelLines.GROUP);
      for (int t = 0; t < to; t++) {
        sum += valueAt(firstLeaf[from + t] + group[t], from + t, columns, row);
      }
    }
    return sum;
  }

  private double walk(double[] columns, int row) {
    double sum = 0;
    int t = 0;
    for (; t + 4 <= trees; t += 4) {
      int a = root[t];
      int b = root[t + 1];
      int c = root[t + 2];
      int d = root[t + 3];
      int steps = Math.max(Math.max(depth[t], depth[t + 1]), Math.max(depth[t + 2], depth[t + 3]));
      for (int s = 0; s < steps; s++) {
        long la = link[a];
        long lb = link[b];
        long lc = link[c];
        long ld = link[d];
        a = (int) la + right(threshold[a], columns[(int) (la >>> WORD) + row]);
        b = (int) lb + right(threshold[b], columns[(int) (lb >>> WORD) + row]);
        c = (int) lc + right(threshold[c], columns[(int) (lc >>> WORD) + row]);
        d = (int) ld + right(threshold[d], columns[(int) (ld >>> WORD) + row]);
      }
      sum += value(a, t, columns, row);
      sum += value(b, t + 1, columns, row);
      sum += value(c, t + 2, columns, row);
      sum += value(d, t + 3, columns, row);
    }
    for (; t < trees; t++) {
      int node = root[t];
      for (int s = 0; s < depth[t]; s++) {
        long l = link[node];
        node = (int) l + right(threshold[node], columns[(int) (l >>> WORD) + row]);
      }
      sum += value(node, t, columns, row);
    }
    return sum;
  }

  /** 1 where the value is above the threshold, by the sign of the difference: no branch. */
  private static int right(double threshold, double value) {
    return (int) (Double.doubleToRawLongBits(threshold - value) >>> 63);
  }

  /** The leaf of a tree at a node; a row that is not finite may have strayed to another's. */
  private int leaf(int tree, int node) {
    return Math.min(Math.max(leafOf[node], firstLeaf[tree]), firstLeaf[tree + 1] - 1);
  }

  private double value(int node, int tree, double[] columns, int row) {
    return valueAt(leaf(tree, node), tree, columns, row);
  }

  private double valueAt(int leaf, int tree, double[] columns, int row) {
    int width = terms[tree];
    double sum = constant[leaf];
    int k = firstTerm[tree] + width * (leaf - firstLeaf[tree]);
    int end = k + width;
    for (; k + 4 <= end; k += 4) {
      sum = four(sum, coefficient, column, k, columns, row);
    }
    if (k < end) {
      sum = two(sum, coefficient, column, k, columns, row);
    }
    return rest(sum, leaf, columns, row);
  }

  /** Adds a leaf's terms beyond the first ones. */
  private double rest(double before, int leaf, double[] columns, int row) {
    double sum = before;
    int end = restAt[leaf + 1];
    for (int k = restAt[leaf]; k < end; k++) {
      sum += restCoefficient[k] * columns[restColumn[k] + row];
    }
    return sum;
  }

  private void descend(int tree, double[] columns, int rows, int[] at) {
    int top = root[tree];
    int steps = depth[tree];
    long l = link[top];
    double limit = threshold[top];
    int from = (int) (l >>> WORD);
    int left = (int) l;
    for (int r = 0; r < rows; r++) {
      at[r] = left + right(limit, columns[from + r]);
    }
    for (int s = 1; s < steps; s++) {
      step(columns, rows, at);
    }
    for (int r = 0; r < rows; r++) {
      at[r] = leaf(tree, at[r]);
    }
  }

  private void step(double[] columns, int rows, int[] at) {
    double[] limits = threshold;
    long[] links = link;
    for (int r = 0; r < rows; r++) {
      int node = at[r];
      long l = links[node];
      at[r] = (int) l + right(limits[node], columns[(int) (l >>> WORD) + r]);
    }
  }

  private void addConstants(int rows, double[] scores, int[] at) {
    double[] values = constant;
    for (int r = 0; r < rows; r++) {
      scores[r] += values[at[r]];
    }
  }

  // Written out for each width: a loop of few turns costs more than its terms.

  private void addFour(double[] x, int offset, int rows, double[] scores, int[] at) {
    double[] values = constant;
    double[] f = coefficient;
    int[] c = column;
    for (int r = 0; r < rows; r++) {
      int leaf = at[r];
      int k = offset + 4 * leaf;
      double sum = values[leaf];
      sum = four(sum, f, c, k, x, r);
      scores[r] += rest(sum, leaf, x, r);
    }
  }

  private void addSix(double[] x, int offset, int rows, double[] scores, int[] at) {
    double[] values = constant;
    double[] f = coefficient;
    int[] c = column;
    for (int r = 0; r < rows; r++) {
      int leaf = at[r];
      int k = offset + 6 * leaf;
      double sum = values[leaf];
      sum = four(sum, f, c, k, x, r);
      sum = two(sum, f, c, k + 4, x, r);
      scores[r] += rest(sum, leaf, x, r);
    }
  }

  private void addEight(double[] x, int offset, int rows, double[] scores, int[] at) {
    double[] values = constant;
    double[] f = coefficient;
    int[] c = column;
    for (int r = 0; r < rows; r++) {
      int leaf = at[r];
      int k = offset + 8 * leaf;
      double sum = values[leaf];
      sum = four(sum, f, c, k, x, r);
      sum = four(sum, f, c, k + 4, x, r);
      scores[r] += rest(sum, leaf, x, r);
    }
  }

  private void addTwelve(double[] x, int offset, int rows, double[] scores, int[] at) {
    double[] values = constant;
    double[] f = coefficient;
    int[] c = column;
    for (int r = 0; r < rows; r++) {
      int leaf = at[r];
      int k = offset + 12 * leaf;
      double sum = values[leaf];
      sum = four(sum, f, c, k, x, r);
      sum = four(sum, f, c, k + 4, x, r);
      sum = four(sum, f, c, k + 8, x, r);
      scores[r] += rest(sum, leaf, x, r);
    }
  }

  private void addSixteen(double[] x, int offset, int rows, double[] scores, int[] at) {
    double[] values = constant;
    double[] f = coefficient;
    int[] c = column;
    for (int r = 0; r < rows; r++) {
      int leaf = at[r];
      int k = offset + 16 * leaf;
      double sum = values[leaf];
      sum = four(sum, f, c, k, x, r);
      sum = four(sum, f, c, k + 4, x, r);
      sum = four(sum, f, c, k + 8, x, r);
      sum = four(sum, f, c, k + 12, x, r);
      scores[r] += rest(sum, leaf, x, r);
    }
  }

  /** Adds four terms, one after the other as LightGBM does. */
  private static double four(double before, double[] f, int[] c, int k, double[] x, int r) {
    return two(two(before, f, c, k, x, r), f, c, k + 2, x, r);
  }

  private static double two(double before, double[] f, int[] c, int k, double[] x, int r) {
    double sum = before;
    sum += f[k] * x[c[k] + r];
    sum += f[k + 1] * x[c[k + 1] + r];
    return sum;
  }
}
