package io.understudy.surrogate.forest;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Text models that nobody trained: random shapes, thresholds, kinds of missing values and linear
 * leaves; and rows at which evaluators go wrong.
 */
final class RandomModel {
  private static final double[] SPECIALS = {
    0.0, -0.0, 1e-36, -1e-36, 1e-35f, -1e-35f, Double.MIN_VALUE, 1, -1
  };
  private static final double[] HUGE = {1e300, -1e300, Double.MAX_VALUE, -Double.MAX_VALUE};
  private static final double[] NOT_FINITE = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private final Random random;
  private final int features;
  private final boolean linear;
  private final boolean onGrid;
  private final boolean zeroIsMissing;
  private final boolean hugeThresholds;
  private final List<Double> thresholds = new ArrayList<>();

  RandomModel(Random random, int features, boolean linear, boolean onGrid) {
    this.random = random;
    this.onGrid = onGrid;
    this.features = features;
    this.linear = linear;
    this.zeroIsMissing = random.nextInt(4) == 0;
    this.hugeThresholds = random.nextInt(4) == 0;
  }

  String text(int trees, int leaves) {
    StringBuilder text =
        new StringBuilder("tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\n")
            .append("label_index=0\nmax_feature_idx=")
            .append(features - 1)
            .append("\nobjective=regression\nfeature_names=")
            .append(list(features, k -> "f" + k))
            .append("\nfeature_infos=")
            .append(list(features, k -> "[-1e300:1e300]"))
            .append("\ntree_sizes=");
    List<String> all = new ArrayList<>();
    StringJoiner sizes = new StringJoiner(" ");
    for (int t = 0; t < trees; t++) {
      String tree = tree(t, 1 + random.nextInt(leaves));
      sizes.add(String.valueOf(tree.length()));
      all.add(tree);
    }
    return text.append(sizes)
        .append("\n\n")
        .append(String.join("", all))
        .append("end of trees\n\nfeature_importances:\n\nparameters:\nend of parameters\n")
        .append("\npandas_categorical:null\n")
        .toString();
  }

  private String tree(int number, int leaves) {
    int[] left = new int[leaves - 1];
    int[] right = new int[leaves - 1];
    // As LightGBM grows: each split turns a leaf into a node, which keeps the leaf on its left.
    for (int node = 0; node < leaves - 1; node++) {
      int leaf = random.nextInt(node + 1);
      for (int k = 0; k < node; k++) {
        left[k] = left[k] == ~leaf ? node : left[k];
        right[k] = right[k] == ~leaf ? node : right[k];
      }
      left[node] = ~leaf;
      right[node] = ~(node + 1);
    }
    StringBuilder text = new StringBuilder("Tree=" + number + "\n");
    line(text, "num_leaves", String.valueOf(leaves));
    line(text, "num_cat", "0");
    line(text, "split_feature", list(leaves - 1, k -> random.nextInt(features)));
    line(text, "split_gain", list(leaves - 1, k -> 1));
    line(text, "threshold", list(leaves - 1, k -> threshold()));
    line(text, "decision_type", list(leaves - 1, k -> decision()));
    line(text, "left_child", list(leaves - 1, k -> left[k]));
    line(text, "right_child", list(leaves - 1, k -> right[k]));
    line(text, "leaf_value", list(leaves, k -> random.nextGaussian()));
    line(text, "leaf_weight", list(leaves, k -> 1));
    line(text, "leaf_count", list(leaves, k -> 1));
    line(text, "internal_value", list(leaves - 1, k -> 0));
    line(text, "internal_weight", list(leaves - 1, k -> 1));
    line(text, "internal_count", list(leaves - 1, k -> 1));
    line(text, "is_linear", linear ? "1" : "0");
    if (linear) {
      linear(text, leaves);
    }
    line(text, "shrinkage", "1");
    return text.append("\n\n").toString();
  }

  private void linear(StringBuilder text, int leaves) {
    // A linear tree of no terms at all still is one: its leaves are its constants.
    int most = random.nextInt(features + 1);
    List<TreeSet<Integer>> terms = new ArrayList<>();
    for (int k = 0; k < leaves; k++) {
      TreeSet<Integer> own = new TreeSet<>();
      for (int j = random.nextInt(most + 1); j > 0; j--) {
        own.add(random.nextInt(features));
      }
      terms.add(own);
    }
    line(text, "leaf_const", list(leaves, k -> random.nextGaussian()));
    line(text, "num_features", list(leaves, k -> terms.get(k).size()));
    StringJoiner of = new StringJoiner(" ");
    StringJoiner factors = new StringJoiner(" ");
    for (TreeSet<Integer> own : terms) {
      own.forEach(f -> of.add(String.valueOf(f)));
      own.forEach(f -> factors.add(String.valueOf(random.nextGaussian())));
    }
    line(text, "leaf_features", of.toString());
    line(text, "leaf_coeff", factors.toString());
  }

  private double threshold() {
    double value =
        switch (random.nextInt(8)) {
          case 0 -> SPECIALS[random.nextInt(SPECIALS.length)];
          case 1 -> hugeThresholds ? HUGE[random.nextInt(2)] : random.nextGaussian();
          default -> random.nextGaussian();
        };
    double threshold = onGrid ? FeatureKeys.nextDividingKeys(value) : value;
    thresholds.add(threshold);
    return threshold;
  }

  private int decision() {
    int kind = zeroIsMissing ? random.nextInt(3) : 2 * random.nextInt(2);
    return (random.nextBoolean() ? 2 : 0) | kind << 2;
  }

  /**
   * Rows, row by row: thresholds themselves, signed zeros, tiny and huge numbers, NaN, infinity.
   */
  double[] rows(int count) {
    double[] values = new double[count * features];
    for (int k = 0; k < values.length; k++) {
      values[k] =
          switch (random.nextInt(12)) {
            case 0 -> SPECIALS[random.nextInt(SPECIALS.length)];
            case 5 -> linear ? random.nextGaussian() : HUGE[random.nextInt(HUGE.length)];
            case 1 ->
                random.nextInt(3) == 0
                    ? NOT_FINITE[random.nextInt(NOT_FINITE.length)]
                    : random.nextGaussian();
            case 2, 3, 4 -> atThreshold();
            default -> random.nextGaussian();
          };
    }
    return values;
  }

  /** A threshold, or a value next to one, or one that differs in the digits that a key drops. */
  private double atThreshold() {
    if (thresholds.isEmpty()) {
      return 0;
    }
    double threshold = thresholds.get(random.nextInt(thresholds.size()));
    return switch (random.nextInt(4)) {
      case 0 -> Math.nextUp(threshold);
      case 1 -> Math.nextDown(threshold);
      case 2 -> Double.longBitsToDouble(Double.doubleToRawLongBits(threshold) ^ random.nextInt());
      default -> threshold;
    };
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append('=').append(value).append('\n');
  }

  private static String list(int count, java.util.function.IntFunction<Object> value) {
    StringJoiner all = new StringJoiner(" ");
    for (int k = 0; k < count; k++) {
      all.add(String.valueOf(value.apply(k)));
    }
    return all.toString();
  }
}
