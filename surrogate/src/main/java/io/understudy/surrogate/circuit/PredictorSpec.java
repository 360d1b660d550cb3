package io.understudy.surrogate.circuit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One predictor, or one for each state with target {@code states}.
 *
 * @param on the moment at which it is evaluated
 * @param target an output's name, {@code latency}, {@code energy}, a state's name, or {@code
 *     states}
 * @param features names of features, variables or feature sets, in order
 * @param transform of the target before learning
 * @param change true: the target is a state, learned as a change from its value at the event's
 *     start
 * @param keepSum true: predictions are scaled so that their sum over the training data equals the
 *     golden sum
 * @param perPeriod true: what is learned is the energy of an idle stretch over its periods, so that
 *     longer stretches than training saw have a power that it saw
 * @param planRuns true: learned from the plan's runs alone, not from further ones that seek what is
 *     hard to predict
 * @param base what LightGBM's trees are added to
 * @param loss what the trees make small
 * @param gate one of the features of a decision: below all of its values in training at which the
 *     output came it does not come, and the trees are not asked; null for none
 * @param options LightGBM options that depart from the trainer's defaults
 */
public record PredictorSpec(
    Moment on,
    String target,
    List<String> features,
    Transform transform,
    boolean change,
    @JsonProperty("keep_sum") boolean keepSum,
    @JsonProperty("per_period") boolean perPeriod,
    @JsonProperty("plan_runs") boolean planRuns,
    Base base,
    Loss loss,
    String gate,
    TreeOptions options) {
  public PredictorSpec {
    Check.present("predictors.on", on);
    Check.word("predictors.target", target);
    features = Check.list(features);
    if (features.isEmpty()) {
      throw Check.error("predictors." + target + ".features", "none", "at least one");
    }
    transform = transform == null ? Transform.NONE : transform;
    base = base == null ? Base.NONE : base;
    loss = loss == null ? Loss.SQUARED : loss;
    options = options == null ? TreeOptions.DEFAULT : options;
    if (loss == Loss.RELATIVE && (change || on == Moment.INPUT || on == Moment.IDLE)) {
      throw Check.error(
          "predictors." + target + ".loss", "relative", "squared for a decision or a change");
    }
    if (base == Base.FIRST
        && (transform != Transform.NONE || on == Moment.INPUT || on == Moment.IDLE)) {
      throw Check.error(
          "predictors." + target + ".base", "first", "none or linear with a transform or decision");
    }
    boolean idleEnergy = (on == Moment.E3 || on == Moment.E3_UNSETTLED) && target.equals("energy");
    if (perPeriod && !idleEnergy) {
      throw Check.error(
          "predictors." + target + ".per_period", "true", "false but for an E3's energy");
    }
    if (gate != null && on != Moment.INPUT && on != Moment.IDLE) {
      throw Check.error("predictors." + target + ".gate", gate, "a gate for a decision alone");
    }
    if (loss == Loss.RELATIVE && options.linear()) {
      throw Check.error(
          "predictors." + target + ".options.linear", "true", "false with loss: relative");
    }
  }

  /**
   * What serving goes by, for the circuit's hash: how trees were learned does not change what they
   * are trees of.
   */
  String identity() {
    String identity = List.of(on, target, features, transform, change, base).toString();
    return (gate == null ? identity : identity + gate) + (perPeriod ? "per period" : "");
  }

  /** When a predictor is evaluated. */
  public enum Moment {
    /** At every input event, before it is known whether there is an output: the decision. */
    @JsonProperty("input")
    INPUT,
    /** At an input event with an output. */
    @JsonProperty("E1")
    E1,
    /** At an input event without an output. */
    @JsonProperty("E2")
    E2,
    /** At such an event that starts before the output before it has settled. */
    @JsonProperty("E2_unsettled")
    E2_UNSETTLED,
    /** When an idle stretch begins, its length not yet known: whether a late output comes. */
    @JsonProperty("idle")
    IDLE,
    /** When an idle stretch begins and a late output comes. */
    @JsonProperty("late")
    LATE,
    /** When an idle stretch has ended, with its length in {@code periods}. */
    @JsonProperty("E3")
    E3,
    /** The same, of one that started before the output before it had settled. */
    @JsonProperty("E3_unsettled")
    E3_UNSETTLED;

    /** Whether it is one of an event that starts unsettled. */
    public boolean isUnsettled() {
      return this == E2_UNSETTLED || this == E3_UNSETTLED;
    }
  }

  /** How a target is transformed before it is learned. */
  public enum Transform {
    @JsonProperty("none")
    NONE,
    /** Natural logarithm; for targets that are positive. */
    @JsonProperty("log")
    LOG,
    /**
     * Inverse hyperbolic sine of the target by a scale that training finds: a logarithm that also
     * takes targets about zero and below.
     */
    @JsonProperty("asinh")
    ASINH;

    /** Turns a learned value back into the target, but for the scale. */
    public double inverse(double value) {
      return switch (this) {
        case NONE -> value;
        case LOG -> StrictMath.exp(value);
        case ASINH -> StrictMath.sinh(value);
      };
    }
  }

  /** What the trees are added to. */
  public enum Base {
    @JsonProperty("none")
    NONE,
    /** A least-squares linear function of the predictor's features. */
    @JsonProperty("linear")
    LINEAR,
    /**
     * The predictor's first feature as it is: an estimate of what is learned, in its unit, that a
     * fit over all events would bend where it is right.
     */
    @JsonProperty("first")
    FIRST
  }

  /** What the trees make small. */
  public enum Loss {
    /** The mean of the squared errors of what is learned. */
    @JsonProperty("squared")
    SQUARED,
    /**
     * The mean of abs(predicted / golden - 1), for targets that are positive: absolute errors, each
     * row weighted by 1 / golden.
     */
    @JsonProperty("relative")
    RELATIVE
  }

  /**
   * LightGBM options of one predictor.
   *
   * @param trees at most so many
   * @param leaves of a tree
   * @param learningRate shrinkage
   * @param minDataInLeaf rows
   * @param depth of a tree at most: splits from its root to a leaf; -1: no bound
   * @param linear true: each leaf is a linear function of the features on its path, not a constant
   * @param linearLambda how strongly the leaves' coefficients are kept small
   */
  public record TreeOptions(
      Integer trees,
      Integer leaves,
      @JsonProperty("learning_rate") Double learningRate,
      @JsonProperty("min_data_in_leaf") Integer minDataInLeaf,
      Integer depth,
      boolean linear,
      @JsonProperty("linear_lambda") Double linearLambda) {
    public static final TreeOptions DEFAULT =
        new TreeOptions(null, null, null, null, null, false, null);

    public TreeOptions {
      trees = trees == null ? 300 : trees;
      leaves = leaves == null ? 31 : leaves;
      learningRate = learningRate == null ? 0.08 : learningRate;
      minDataInLeaf = minDataInLeaf == null ? 20 : minDataInLeaf;
      depth = depth == null ? -1 : depth;
      if (depth < 1 && depth != -1) {
        throw Check.error("predictors.options.depth", depth, "at least 1");
      }
      if (trees < 0 || leaves < 2 || minDataInLeaf < 1) {
        throw Check.error(
            "predictors.options",
            this.getClass().getSimpleName(),
            "trees >= 0, leaves >= 2, min_data_in_leaf >= 1");
      }
      Check.positive("predictors.options.learning_rate", learningRate);
      linearLambda = linearLambda == null ? 0.01 : linearLambda;
      if (!(linearLambda >= 0) || linearLambda == Double.POSITIVE_INFINITY) {
        throw Check.error("predictors.options.linear_lambda", linearLambda, ">= 0");
      }
    }
  }
}
