package io.understudy.surrogate.forest;

/**
 * The trees of one LightGBM model, flattened into arrays. The score is the sum of the leaves'
 * values tree by tree, in the model's order, so that it has the same bits as LightGBM's raw score.
 * A leaf's value is a constant, or linear in some features; where one of these is not a number a
 * linear leaf falls back to its constant.
 *
 * <p>Nodes of all trees share the arrays. A child &gt;= 0 is a node, a child &lt; 0 the leaf {@code
 * ~child}. Immutable.
 */
public final class Forest {
  /** LightGBM's kZeroThreshold: what counts as zero where zero means missing. */
  static final double ZERO = 1e-35f;

  private final int features;
  final int[] root;
  final int[] feature;
  final double[] threshold;
  final Missing[] missing;
  private final boolean[] defaultLeft;
  final int[] left;
  final int[] right;
  final double[] leaf;
  private final boolean linear;
  final double[] constant;
  final int[] termsEnd;
  final int[] termFeature;
  final double[] termCoefficient;

  /** What a node's split takes for a missing value. */
  enum Missing {
    NONE,
    ZERO,
    NAN
  }

  Forest(int features, ForestBuilder b) {
    this.features = features;
    this.root = b.root.stream().mapToInt(Integer::intValue).toArray();
    this.feature = b.feature.stream().mapToInt(Integer::intValue).toArray();
    this.threshold = b.threshold.stream().mapToDouble(Double::doubleValue).toArray();
    this.missing = b.missing.toArray(Missing[]::new);
    this.defaultLeft = new boolean[b.defaultLeft.size()];
    for (int k = 0; k < defaultLeft.length; k++) {
      defaultLeft[k] = b.defaultLeft.get(k);
    }
    this.left = b.left.stream().mapToInt(Integer::intValue).toArray();
    this.right = b.right.stream().mapToInt(Integer::intValue).toArray();
    this.leaf = b.leaf.stream().mapToDouble(Double::doubleValue).toArray();
    this.constant = b.constant.stream().mapToDouble(Double::doubleValue).toArray();
    this.termsEnd = b.termsEnd.stream().mapToInt(Integer::intValue).toArray();
    this.termFeature = b.termFeature.stream().mapToInt(Integer::intValue).toArray();
    this.termCoefficient = b.termCoefficient.stream().mapToDouble(Double::doubleValue).toArray();
    this.linear = termFeature.length > 0;
  }

  /** Number of trees. */
  public int trees() {
    return root.length;
  }

  /** Number of leaves of all trees. */
  public int leaves() {
    return leaf.length;
  }

  /** Whether leaves are linear in features: then the score has no bounds of its own. */
  public boolean hasLinearLeaves() {
    return linear;
  }

  /** Number of features that the model was trained on. */
  public int features() {
    return features;
  }

  /**
   * The same trees laid out for speed, as this machine allows.
   *
   * @param columns number of each feature's column
   * @param stride values from one column to the next in the array of columns
   */
  public ForestKernel kernel(int[] columns, int stride) {
    KernelLayout layout = new KernelLayout(this, columns, stride);
    return new ForestKernel(layout, NativeForest.of(layout));
  }

  /** The same in Java alone, as any machine allows. */
  public ForestKernel portableKernel(int[] columns, int stride) {
    return new ForestKernel(new KernelLayout(this, columns, stride), null);
  }

  /**
   * The raw score of one row.
   *
   * @param values holds the row's features
   * @param slots index in {@code values} of each feature
   */
  public double score(double[] values, int[] slots) {
    double sum = 0;
    for (int start : root) {
      int node = start;
      while (node >= 0) {
        node = goesLeft(node, values[slots[feature[node]]]) ? left[node] : right[node];
      }
      sum += linear ? value(~node, values, slots) : constant[~node];
    }
    return sum;
  }

  private double value(int at, double[] values, int[] slots) {
    double sum = constant[at];
    int end = termsEnd[at];
    for (int k = at == 0 ? 0 : termsEnd[at - 1]; k < end; k++) {
      double value = values[slots[termFeature[k]]];
      if (Double.isNaN(value)) {
        return leaf[at];
      }
      sum += termCoefficient[k] * value;
    }
    return sum;
  }

  private boolean goesLeft(int node, double value) {
    Missing kind = missing[node];
    double v = value;
    if (Double.isNaN(v)) {
      if (kind == Missing.NAN) {
        return defaultLeft[node];
      }
      v = 0;
    }
    if (kind == Missing.ZERO && v >= -ZERO && v <= ZERO) {
      return defaultLeft[node];
    }
    return v <= threshold[node];
  }
}
