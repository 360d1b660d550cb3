package io.understudy.surrogate.forest;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The leaves of one row in trees of up to 64 leaves. A feature's thresholds, of all trees, divide
 * its values into ranks; the leaves that a rank leaves over are known beforehand, as a mask for
 * each tree; the leftmost leaf that all features leave over is the row's. So a row costs a search
 * for each feature, and a mask for each feature and tree, whatever the trees' depths. The idea is
 * QuickScorer's (Lucchese et al., SIGIR 2015), with the masks of a feature's splits merged.
 *
 * <p>The masks of {@link #GROUP} trees for a rank lie side by side in a line, as long as a line of
 * the processor's cache. Ranks that a group does not tell apart share a line.
 */
final class KernelLines {
  /** Trees of a group. */
  static final int GROUP = 8;

  /** Of each feature that splits: where its column starts. */
  private final int[] columnAt;

  /** Of each such feature: its first threshold, in ascending order; one more at the end. */
  private final int[] first;

  /** The thresholds as {@link FeatureKeys#whole whole numbers}. */
  private final long[] threshold;

  /** Of each group, feature and rank: where the line starts. */
  private final int[] line;

  private long[] keep = new long[64];
  private int masks;

  /** Whether all thresholds divide values as they should. */
  static boolean fit(KernelLayout layout) {
    return Arrays.stream(layout.threshold)
        .allMatch(t -> t == Double.POSITIVE_INFINITY || FeatureKeys.isWhole(t));
  }

  /**
   * @param splits of each tree
   */
  KernelLines(KernelLayout layout, List<List<KernelSplits.Split>> splits) {
    int trees = splits.size();
    TreeMap<Integer, SortedSet<Double>> thresholds = new TreeMap<>();
    for (List<KernelSplits.Split> tree : splits) {
      for (KernelSplits.Split s : tree) {
        thresholds.computeIfAbsent(s.column(), c -> new TreeSet<>()).add(s.threshold());
      }
    }
    int[] columns = thresholds.keySet().stream().mapToInt(c -> c).toArray();
    this.columnAt = Arrays.stream(columns).map(c -> c * layout.stride).toArray();
    this.first = new int[columns.length + 1];
    this.threshold =
        thresholds.values().stream()
            .flatMap(SortedSet::stream)
            .mapToLong(FeatureKeys::whole)
            .toArray();
    for (int f = 0; f < columns.length; f++) {
      first[f + 1] = first[f] + thresholds.get(columns[f]).size();
    }
    this.line = new int[(trees + GROUP - 1) / GROUP * ranks()];
    for (int from = 0; from < trees; from += GROUP) {
      var struck = struck(splits.subList(from, Math.min(trees, from + GROUP)));
      for (int f = 0; f < columns.length; f++) {
        SortedSet<Double> all = thresholds.get(columns[f]);
        lay(firstRank(from, f), all, struck.getOrDefault(columns[f], Map.of()));
      }
    }
    this.keep = Arrays.copyOf(keep, masks);
  }

  /** Of each column and threshold of a group's splits: the leaves struck out of each tree. */
  private static Map<Integer, Map<Double, long[]>> struck(List<List<KernelSplits.Split>> group) {
    Map<Integer, Map<Double, long[]>> struck = new HashMap<>();
    for (int t = 0; t < group.size(); t++) {
      for (KernelSplits.Split s : group.get(t)) {
        struck.computeIfAbsent(s.column(), c -> new HashMap<>())
                .computeIfAbsent(s.threshold(), x -> new long[GROUP])[t] |=
            s.struck();
      }
    }
    return struck;
  }

  /** Ranks of all features: one more than thresholds for each. */
  private int ranks() {
    return threshold.length + columnAt.length;
  }

  /** Place of a feature's lowest rank in the lines of the group that starts with a tree. */
  private int firstRank(int firstTree, int feature) {
    return firstTree / GROUP * ranks() + first[feature] + feature;
  }

  /** Lays out a group's lines for the ranks of a feature, from the lowest. */
  private void lay(int rankAt, SortedSet<Double> thresholds, Map<Double, long[]> struck) {
    long[] kept = new long[GROUP];
    Arrays.fill(kept, -1);
    int at = rankAt;
    line[at] = append(kept);
    for (double threshold : thresholds) {
      long[] gone = struck.get(threshold);
      for (int t = 0; gone != null && t < GROUP; t++) {
        kept[t] &= ~gone[t];
      }
      at++;
      line[at] = gone == null ? line[at - 1] : append(kept);
    }
  }

  private int append(long[] kept) {
    int at = masks;
    if (at + GROUP > keep.length) {
      keep = Arrays.copyOf(keep, 2 * keep.length);
    }
    System.arraycopy(kept, 0, keep, at, GROUP);
    masks += GROUP;
    return at;
  }

  /**
   * Finds the ranks of a row's features.
   *
   * @param ranks receives their places among the ranks of all features
   */
  void ranks(double[] columns, int row, int[] ranks) {
    for (int f = 0; f < columnAt.length; f++) {
      long value = FeatureKeys.whole(columns[columnAt[f] + row]);
      int at = first[f];
      // Halves what is left without a branch.
      int count = first[f + 1] - at;
      while (count > 1) {
        int half = count >> 1;
        at += half & isAbove(value, threshold[at + half - 1]);
        count -= half;
      }
      ranks[f] = at + f - isAbove(value, threshold[at]);
    }
  }

  /** All bits where the value goes right, none where it goes left. */
  private static int isAbove(long value, long threshold) {
    return (int) ((threshold - value) >> 63);
  }

  /**
   * Finds a row's leaf in each tree of a group, counted from the tree's leftmost.
   *
   * @param firstTree the group's first tree
   * @param ranks of the row's features
   * @param leaves receives a leaf for each tree
   */
  void leaves(int firstTree, int[] ranks, int[] leaves) {
    // Eight variables, which stay in registers: an array would not.
    long[] masks = keep;
    long a = -1;
    long b = -1;
    long c = -1;
    long d = -1;
    long e = -1;
    long f = -1;
    long g = -1;
    long h = -1;
    int ranksAt = firstTree / GROUP * ranks();
    for (int k = 0; k < columnAt.length; k++) {
      int at = line[ranksAt + ranks[k]];
      a &= masks[at];
      b &= masks[at + 1];
      c &= masks[at + 2];
      d &= masks[at + 3];
      e &= masks[at + 4];
      f &= masks[at + 5];
      g &= masks[at + 6];
      h &= masks[at + 7];
    }
    leaves[0] = Long.numberOfTrailingZeros(a);
    leaves[1] = Long.numberOfTrailingZeros(b);
    leaves[2] = Long.numberOfTrailingZeros(c);
    leaves[3] = Long.numberOfTrailingZeros(d);
    leaves[4] = Long.numberOfTrailingZeros(e);
    leaves[5] = Long.numberOfTrailingZeros(f);
    leaves[6] = Long.numberOfTrailingZeros(g);
    leaves[7] = Long.numberOfTrailingZeros(h);
  }
}
