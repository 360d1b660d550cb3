package io.understudy.characterizer.train;

import io.understudy.characterizer.baseline.Baseline;
import io.understudy.characterizer.baseline.Measure;
import io.understudy.characterizer.baseline.Problem;
import io.understudy.characterizer.baseline.Sample;
import io.understudy.surrogate.circuit.PredictorSpec.TreeOptions;
import java.util.Arrays;

/** LightGBM with its usual options, on targets brought to mean 0 and deviation 1. */
final class TreesBaseline implements Baseline {
  @Override
  public String name() {
    return "lightgbm";
  }

  @Override
  public double[] predict(Problem problem) {
    boolean decides = problem.measure() == Measure.DECISION;
    double[] targets = problem.train().targets();
    double mean = decides ? 0 : Arrays.stream(targets).average().orElseThrow();
    double variance =
        Arrays.stream(targets).map(t -> (t - mean) * (t - mean)).average().orElseThrow();
    double scale = decides || variance == 0 ? 1 : Math.sqrt(variance);
    Sample check = problem.validation().rows() == 0 ? problem.train() : problem.validation();
    String text =
        BoostedTrees.learn(
            problem.name(),
            task(problem.train(), mean, scale),
            task(check, mean, scale),
            decides ? BoostedTrees.Objective.LOG_LOSS : BoostedTrees.Objective.SQUARES,
            TreeOptions.DEFAULT,
            problem.seed());
    double[] predicted = new double[problem.unseen().rows()];
    double[] scores =
        text.contains("Tree=0")
            ? BoostedTrees.scores(problem.name(), text, FeatureMatrix.of(problem.unseen()))
            : predicted;
    for (int r = 0; r < predicted.length; r++) {
      predicted[r] = decides ? (scores[r] > 0 ? 1 : 0) : mean + scale * scores[r];
    }
    return predicted;
  }

  private static BoostedTrees.Task task(Sample sample, double mean, double scale) {
    float[] labels = new float[sample.rows()];
    for (int r = 0; r < labels.length; r++) {
      labels[r] = (float) ((sample.targets()[r] - mean) / scale);
    }
    return new BoostedTrees.Task(FeatureMatrix.of(sample), labels, null, null);
  }
}
