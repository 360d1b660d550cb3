package io.understudy.characterizer.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.baseline.Measure;
import io.understudy.characterizer.baseline.Problem;
import io.understudy.characterizer.baseline.Sample;
import io.understudy.characterizer.baseline.Score;
import io.understudy.surrogate.circuit.PredictorSpec.TreeOptions;
import io.understudy.surrogate.forest.Forest;
import io.understudy.surrogate.forest.ForestReader;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class LearnedBaselinesTest {
  private static Sample sample(int rows, long seed, ToDoubleFunction<double[]> target) {
    Random random = new Random(seed);
    double[][] features = new double[rows][];
    double[] targets = new double[rows];
    for (int r = 0; r < rows; r++) {
      // The third never varies, as the length of an input event.
      features[r] = new double[] {random.nextDouble(), 1e-3 * random.nextDouble(), 1};
      targets[r] = target.applyAsDouble(features[r]);
    }
    return new Sample(features, targets);
  }

  private static Problem problem(Measure measure, ToDoubleFunction<double[]> target) {
    return new Problem(
        "E1_energy",
        measure,
        sample(2000, 1, target),
        sample(500, 2, target),
        sample(500, 3, target),
        1);
  }

  @Test
  void regressesALinearFunctionExactly() {
    Problem problem = problem(Measure.VALUE, x -> 1e-15 * (3 + 2 * x[0] - 700 * x[1]));
    assertArrayEquals(problem.unseen().targets(), new LinearBaseline().predict(problem), 1e-24);
  }

  @Test
  void decidesByALinearThreshold() {
    Problem problem = problem(Measure.DECISION, x -> x[0] + 500 * x[1] > 0.8 ? 1 : 0);
    Score score =
        Score.of(
            Measure.DECISION, problem.unseen().targets(), new LinearBaseline().predict(problem));
    assertTrue(score.f1() > 0.99, score.toString());
  }

  @Test
  void decidesTheSameWhereTrainingSawOneAnswerOnly() {
    Problem problem = problem(Measure.DECISION, x -> 1);
    assertArrayEquals(problem.unseen().targets(), new LinearBaseline().predict(problem));
  }

  @Test
  void learnsAStepWithTrees() {
    Problem problem = problem(Measure.VALUE, x -> x[0] > 0.5 ? 2e-15 : 1e-15);
    Score trees =
        Score.of(Measure.VALUE, problem.unseen().targets(), new TreesBaseline().predict(problem));
    Score line =
        Score.of(Measure.VALUE, problem.unseen().targets(), new LinearBaseline().predict(problem));
    assertTrue(trees.rmse() < 0.1, trees.toString());
    assertTrue(line.rmse() > 0.3, line.toString());
  }

  @Test
  void decidesWithTrees() {
    Problem problem = problem(Measure.DECISION, x -> Math.abs(x[0] - 0.5) < 0.2 ? 1 : 0);
    Score score =
        Score.of(
            Measure.DECISION, problem.unseen().targets(), new TreesBaseline().predict(problem));
    assertTrue(score.f1() > 0.97, score.toString());
  }

  @Test
  void keepsAForestsFirstTrees() {
    Sample train = sample(2000, 1, x -> Math.sin(6 * x[0]));
    FeatureMatrix matrix = FeatureMatrix.of(train);
    float[] labels = new float[train.rows()];
    for (int r = 0; r < labels.length; r++) {
      labels[r] = (float) train.targets()[r];
    }
    BoostedTrees.Task task = new BoostedTrees.Task(matrix, labels, null, null);
    String twenty =
        BoostedTrees.learn(
            "t",
            task,
            task,
            BoostedTrees.Objective.SQUARES,
            new TreeOptions(20, 8, 0.1, 20, null, false, null),
            1);
    String five =
        BoostedTrees.learn(
            "t",
            task,
            task,
            BoostedTrees.Objective.SQUARES,
            new TreeOptions(5, 8, 0.1, 20, null, false, null),
            1);
    Forest cut = ForestReader.read("t", BoostedTrees.cut("t", twenty, 5));
    Forest learned = ForestReader.read("t", five);
    assertEquals(20, ForestReader.read("t", twenty).trees());
    assertEquals(5, cut.trees());
    int[] slots = {0, 1, 2};
    for (double[] row : train.features()) {
      assertEquals(learned.score(row, slots), cut.score(row, slots));
    }
  }
}
