package io.understudy.characterizer.train;

import io.understudy.surrogate.circuit.PredictorSpec;
import io.understudy.surrogate.circuit.PredictorSpec.Base;
import io.understudy.surrogate.circuit.PredictorSpec.Loss;
import io.understudy.surrogate.circuit.PredictorSpec.Moment;
import io.understudy.surrogate.circuit.PredictorSpec.Transform;
import io.understudy.surrogate.forest.Forest;
import io.understudy.surrogate.forest.ForestReader;
import io.understudy.surrogate.predict.PredictorPlan;
import io.understudy.surrogate.provenance.SurrogateManifest.Gate;
import io.understudy.surrogate.provenance.SurrogateManifest.TrainedPredictor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.util.FastMath;

/**
 * Learns one predictor. LightGBM keeps labels as 32-bit floats: targets are brought to deviation 1
 * first, and what a linear base explains is taken off in doubles, so that no digit is lost.
 */
final class PredictorTrainer {
  /** Share of the span of a gate's feature that is left open below all outputs of training. */
  private static final double GATE_MARGIN = 0.01;

  private final PredictorPlan plan;
  private final PredictorSpec spec;
  private final long seed;

  PredictorTrainer(PredictorPlan plan, long seed) {
    this.plan = plan;
    this.spec = plan.spec();
    this.seed = seed;
  }

  /**
   * A learned predictor.
   *
   * @param predictor all but the trees
   * @param trees LightGBM's text model
   * @param rows it was taught with
   */
  record Learned(TrainedPredictor predictor, String trees, int rows) {
    boolean decides() {
      return predictor.on() == Moment.INPUT || predictor.on() == Moment.IDLE;
    }

    /** Its targets as it predicts them; for a decision 1 or 0. */
    double[] predicted(FeatureMatrix unseen) {
      double[] values = raw(ForestReader.read(predictor.name(), trees), unseen, predictor.base());
      for (int r = 0; r < values.length; r++) {
        values[r] =
            decides()
                ? (values[r] > predictor.decision() && !isSure(unseen, r) ? 1 : 0)
                : predictor.scale() * predictor.transform().inverse(values[r]);
      }
      return values;
    }

    private boolean isSure(FeatureMatrix matrix, int row) {
      Gate gate = predictor.gate();
      return gate != null && !gate.isOpen(matrix.at(row, gate.value()));
    }

    /**
     * Error on rows that taught nothing: for a decision the share of wrong ones, else the root mean
     * square by the targets' deviation (1: no better than their mean); NaN without rows.
     */
    double error(FeatureMatrix unseen) {
      if (unseen.rows() == 0) {
        return Double.NaN;
      }
      double[] predicted = predicted(unseen);
      double[] targets = unseen.targets();
      boolean decides = decides();
      double[] errors = minus(predicted, targets);
      double squares = Arrays.stream(errors).map(e -> e * e).average().orElseThrow();
      return decides ? squares : Math.sqrt(squares) / nonZero(deviation(targets));
    }
  }

  /**
   * Learns.
   *
   * @param train rows to learn from, at least one
   * @param validation rows that stop the learning; may be empty
   * @throws TrainingException when the rows do not suffice, or a target does not suit its transform
   */
  Learned learn(FeatureMatrix train, FeatureMatrix validation) {
    if (train.rows() == 0) {
      throw new TrainingException(
          plan.name() + ": rows in the training runs: 0 (expected: at least 1; more runs)");
    }
    Gate gate = spec.gate() == null ? null : gate(train, validation);
    FeatureMatrix check = validation.rows() == 0 ? train : validation;
    return learn(train.from(gate), check.from(gate), train, gate);
  }

  /**
   * Where the output may come: from the smallest value of the gate's feature at which it ever did,
   * less a margin; null where it never did.
   */
  private Gate gate(FeatureMatrix train, FeatureMatrix validation) {
    int value = plan.features().indexOf(spec.gate());
    if (train.width() != plan.features().size()) {
      throw new TrainingException(
          plan.name() + ": gate with a vector among the features (expected: scalars)");
    }
    double least = Math.min(train.leastWithOutput(value), validation.leastWithOutput(value));
    if (Double.isInfinite(least)) {
      return null;
    }
    double span = train.maxima()[value] - train.minima()[value];
    return new Gate(value, least - GATE_MARGIN * span);
  }

  /**
   * Learns from the rows that a gate leaves open.
   *
   * @param all rows, whose ranges are those of training
   */
  private Learned learn(FeatureMatrix train, FeatureMatrix check, FeatureMatrix all, Gate gate) {
    double[] base;
    double scale = spec.transform() == Transform.ASINH ? small(train.targets()) : 1;
    double[] labels = transformed(train.targets(), scale);
    if (plan.decides()) {
      base = decisionBase(train);
    } else if (spec.transform() != Transform.NONE) {
      base = spec.base() == Base.LINEAR ? LinearFit.leastSquares(train, labels) : null;
    } else {
      scale = nonZero(deviation(labels));
      labels = transformed(train.targets(), scale);
      base =
          switch (spec.base()) {
            case NONE -> null;
            case LINEAR -> LinearFit.leastSquares(train, labels);
            case FIRST -> first(train.width(), scale);
          };
      if (base != null) {
        // Beyond the digits of a double there is nothing left to learn.
        double left = deviation(minus(labels, linear(train, base)));
        double residual = left < 1e-12 ? 1 : left;
        scale *= residual;
        base = Arrays.stream(base).map(b -> b / residual).toArray();
        labels = transformed(train.targets(), scale);
      }
    }
    String trees =
        BoostedTrees.learn(
            plan.name(),
            task(train, labels, base),
            task(check, transformed(check.targets(), scale), base),
            objective(),
            spec.options(),
            seed);
    Forest forest = ForestReader.read(plan.name(), trees);
    double decision = plan.decides() ? decision(check, raw(forest, check, base)) : 0;
    if (spec.keepSum()) {
      scale *= sumRatio(train, raw(forest, train, base), scale);
    }
    TrainedPredictor predictor = predictor(train.targets(), all, base, scale, decision, gate);
    return new Learned(predictor, trees, train.rows());
  }

  /** How the trained predictor's file is named. */
  static String file(PredictorPlan plan) {
    return plan.name() + ".txt.gz";
  }

  private TrainedPredictor predictor(
      double[] targets,
      FeatureMatrix all,
      double[] base,
      double scale,
      double decision,
      Gate gate) {
    return new TrainedPredictor(
        spec.on(),
        plan.target(),
        plan.features(),
        spec.transform(),
        spec.change(),
        scale,
        decision,
        base,
        file(plan),
        all.minima(),
        all.maxima(),
        Arrays.stream(targets).min().orElseThrow(),
        Arrays.stream(targets).max().orElseThrow(),
        gate);
  }

  /** The first feature itself, in units of the scale: no intercept, and nothing of the others. */
  private static double[] first(int width, double scale) {
    double[] base = new double[width + 1];
    base[1] = 1 / scale;
    return base;
  }

  private double[] decisionBase(FeatureMatrix train) {
    double share = Arrays.stream(train.targets()).average().orElseThrow();
    if (!(share > 0 && share < 1)) {
      throw new TrainingException(
          plan.name() + ": share of outputs: " + share + " (expected: more than 0, less than 1)");
    }
    return spec.base() == Base.LINEAR ? LinearFit.logistic(train, train.targets()) : null;
  }

  private double[] transformed(double[] targets, double scale) {
    return Arrays.stream(targets).map(y -> transformed(y / scale)).toArray();
  }

  private double transformed(double target) {
    return switch (spec.transform()) {
      case NONE -> target;
      case LOG -> {
        if (!(target > 0)) {
          throw new TrainingException(
              plan.name() + ": target " + target + " (expected: > 0 with transform log)");
        }
        yield Math.log(target);
      }
      case ASINH -> FastMath.asinh(target);
    };
  }

  private BoostedTrees.Objective objective() {
    if (plan.decides()) {
      return BoostedTrees.Objective.LOG_LOSS;
    }
    return switch (spec.loss()) {
      case SQUARED -> BoostedTrees.Objective.SQUARES;
      case RELATIVE -> BoostedTrees.Objective.ABSOLUTES;
    };
  }

  private BoostedTrees.Task task(FeatureMatrix matrix, double[] labels, double[] base) {
    double[] linear = base == null ? null : linear(matrix, base);
    double[] left = base == null || plan.decides() ? labels : minus(labels, linear);
    float[] floats = new float[left.length];
    for (int r = 0; r < floats.length; r++) {
      floats[r] = (float) left[r];
    }
    return new BoostedTrees.Task(
        matrix,
        floats,
        plan.decides() ? linear : null,
        spec.loss() == Loss.RELATIVE ? relativeWeights(matrix.targets()) : null);
  }

  /**
   * Weights in proportion to 1 / target, of mean 1. The sum of weight x abs(predicted - golden) is
   * the relative error's; with a transform this holds in every leaf whose rows have about the same
   * prediction, as the weighted median that LightGBM gives a leaf goes through any monotone
   * function.
   */
  private float[] relativeWeights(double[] targets) {
    for (double target : targets) {
      if (!(target > 0)) {
        throw new TrainingException(
            plan.name() + ": target " + target + " (expected: > 0 with loss relative)");
      }
    }
    double mean = Arrays.stream(targets).map(t -> 1 / t).average().orElseThrow();
    float[] weights = new float[targets.length];
    for (int r = 0; r < weights.length; r++) {
      weights[r] = (float) (1 / targets[r] / mean);
    }
    return weights;
  }

  private static double[] linear(FeatureMatrix matrix, double[] base) {
    double[] values = new double[matrix.rows()];
    for (int r = 0; r < values.length; r++) {
      values[r] = base[0];
      for (int k = 0; k < matrix.width(); k++) {
        values[r] += base[k + 1] * matrix.at(r, k);
      }
    }
    return values;
  }

  private static double[] raw(Forest forest, FeatureMatrix matrix, double[] base) {
    double[] scores = base == null ? new double[matrix.rows()] : linear(matrix, base);
    int[] slots = IntStream.range(0, matrix.width()).toArray();
    double[] row = new double[matrix.width()];
    for (int r = 0; r < scores.length; r++) {
      System.arraycopy(matrix.values(), r * row.length, row, 0, row.length);
      scores[r] += forest.score(row, slots);
    }
    return scores;
  }

  private double sumRatio(FeatureMatrix train, double[] raw, double scale) {
    double predicted = Arrays.stream(raw).map(x -> scale * spec.transform().inverse(x)).sum();
    double ratio = Arrays.stream(train.targets()).sum() / predicted;
    if (!(ratio > 0.5 && ratio < 2)) {
      throw new TrainingException(
          plan.name() + ": keep_sum: golden by predicted sum: " + ratio + " (expected: 0.5 to 2)");
    }
    return ratio;
  }

  /** The raw score above which the output happens: that of the best F1, nearest to even odds. */
  private static double decision(FeatureMatrix matrix, double[] raw) {
    Integer[] order = IntStream.range(0, raw.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, (a, b) -> Double.compare(raw[a], raw[b]));
    double happened = Arrays.stream(matrix.targets()).sum();
    double found = happened;
    double predicted = raw.length;
    double best = 2 * found / (predicted + happened);
    double decision = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < order.length; k++) {
      found -= matrix.targets()[order[k]];
      predicted--;
      double f1 = predicted + happened == 0 ? 0 : 2 * found / (predicted + happened);
      double from = raw[order[k]];
      double to = k + 1 < order.length ? raw[order[k + 1]] : from;
      double candidate = Math.min(Math.max(0, from), (from + to) / 2);
      if (f1 > best || (f1 == best && Math.abs(candidate) < Math.abs(decision))) {
        best = f1;
        decision = candidate;
      }
    }
    return Double.isInfinite(decision) ? 0 : decision;
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(k -> a[k] - b[k]).toArray();
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  /**
   * The size of the small ones among the targets: there an asinh turns from linear to logarithmic.
   */
  private static double small(double[] targets) {
    double[] sizes = Arrays.stream(targets).map(Math::abs).sorted().toArray();
    return nonZero(sizes[sizes.length / 10]);
  }

  /** Where nothing varies any scale will do. */
  private static double nonZero(double value) {
    return value > 0 && Double.isFinite(1 / value) ? value : 1;
  }
}
