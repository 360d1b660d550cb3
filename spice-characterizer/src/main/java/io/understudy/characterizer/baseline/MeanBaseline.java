package io.understudy.characterizer.baseline;

import java.util.Arrays;

/** Predicts the mean of the training events, whatever the features. */
public final class MeanBaseline implements Baseline {
  @Override
  public String name() {
    return "mean";
  }

  @Override
  public double[] predict(Problem problem) {
    double[] predicted = new double[problem.unseen().rows()];
    Arrays.fill(predicted, Arrays.stream(problem.train().targets()).average().orElseThrow());
    return predicted;
  }
}
