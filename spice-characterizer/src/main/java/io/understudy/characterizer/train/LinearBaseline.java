package io.understudy.characterizer.train;

import io.understudy.characterizer.baseline.Baseline;
import io.understudy.characterizer.baseline.Measure;
import io.understudy.characterizer.baseline.Problem;
import java.util.Arrays;

/** Linear regression, logistic for a decision. */
final class LinearBaseline implements Baseline {
  @Override
  public String name() {
    return "linear";
  }

  @Override
  public double[] predict(Problem problem) {
    FeatureMatrix train = FeatureMatrix.of(problem.train());
    boolean decides = problem.measure() == Measure.DECISION;
    double share = Arrays.stream(train.targets()).average().orElseThrow();
    double[] coefficients;
    if (decides && !(share > 0 && share < 1)) {
      coefficients = new double[train.width() + 1];
      coefficients[0] = share > 0 ? 1 : -1;
    } else {
      coefficients =
          decides
              ? LinearFit.logistic(train, train.targets())
              : LinearFit.leastSquares(train, train.targets());
    }
    double[] predicted = new double[problem.unseen().rows()];
    for (int r = 0; r < predicted.length; r++) {
      double[] row = problem.unseen().features()[r];
      double value = coefficients[0];
      for (int k = 0; k < row.length; k++) {
        value += coefficients[k + 1] * row[k];
      }
      predicted[r] = decides ? (value > 0 ? 1 : 0) : value;
    }
    return predicted;
  }
}
