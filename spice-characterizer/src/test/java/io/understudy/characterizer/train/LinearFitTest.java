package io.understudy.characterizer.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearFitTest {
  private final Random random = new Random(8);

  private double[] gaussian(int count) {
    return random.doubles(count).map(u -> random.nextGaussian()).toArray();
  }

  @Test
  void findsCoefficientsOfVeryDifferentSizes() {
    int rows = 500;
    double[] values = new double[3 * rows];
    double[] targets = new double[rows];
    for (int r = 0; r < rows; r++) {
      double[] g = gaussian(3);
      values[3 * r] = 1e-9 * g[0];
      values[3 * r + 1] = 100 + g[1];
      values[3 * r + 2] = 1e6 * g[2];
      targets[r] = 7 + 3e9 * values[3 * r] - 2 * values[3 * r + 1] + 4e-6 * values[3 * r + 2];
    }
    double[] found = LinearFit.leastSquares(new FeatureMatrix(values, 3, targets), targets);
    assertEquals(7, found[0], 1e-7);
    assertArrayEquals(
        new double[] {3, -2, 4}, new double[] {found[1] / 1e9, found[2], found[3] * 1e6}, 1e-9);
  }

  @Test
  void givesNoCoefficientToAColumnThatDoesNotVary() {
    int rows = 50;
    double[] values = new double[2 * rows];
    double[] targets = new double[rows];
    for (int r = 0; r < rows; r++) {
      values[2 * r] = 5;
      values[2 * r + 1] = random.nextGaussian();
      targets[r] = 1 + 2 * values[2 * r + 1];
    }
    assertArrayEquals(
        new double[] {1, 0, 2},
        LinearFit.leastSquares(new FeatureMatrix(values, 2, targets), targets),
        1e-12);
  }

  @Test
  void copesWithTwoColumnsThatAreTheSame() {
    int rows = 50;
    double[] values = new double[2 * rows];
    double[] targets = new double[rows];
    for (int r = 0; r < rows; r++) {
      values[2 * r] = random.nextGaussian();
      values[2 * r + 1] = values[2 * r];
      targets[r] = 6 * values[2 * r];
    }
    double[] found = LinearFit.leastSquares(new FeatureMatrix(values, 2, targets), targets);
    assertEquals(6, found[1] + found[2], 1e-9);
  }

  @Test
  void findsTheOddsOfADecision() {
    int rows = 40_000;
    double[] values = new double[2 * rows];
    double[] labels = new double[rows];
    for (int r = 0; r < rows; r++) {
      values[2 * r] = random.nextGaussian();
      values[2 * r + 1] = 3 + 0.5 * random.nextGaussian();
      double odds = -2 + 1.5 * values[2 * r] + values[2 * r + 1];
      labels[r] = random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
    }
    double[] found = LinearFit.logistic(new FeatureMatrix(values, 2, labels), labels);
    assertArrayEquals(new double[] {-2, 1.5, 1}, found, 0.12);
  }

  @Test
  void staysFiniteWhereAColumnSeparatesTheDecisions() {
    double[] values = {-2, -1, 1, 2};
    double[] labels = {0, 0, 1, 1};
    double[] found = LinearFit.logistic(new FeatureMatrix(values, 1, labels), labels);
    assertTrue(Double.isFinite(found[1]) && found[1] > 1, "" + found[1]);
    assertEquals(0, found[0] / found[1], 1e-3);
  }
}
