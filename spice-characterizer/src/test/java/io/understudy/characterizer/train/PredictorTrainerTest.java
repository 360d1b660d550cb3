package io.understudy.characterizer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.train.PredictorTrainer.Learned;
import io.understudy.surrogate.circuit.PredictorSpec;
import io.understudy.surrogate.circuit.PredictorSpec.Base;
import io.understudy.surrogate.circuit.PredictorSpec.Loss;
import io.understudy.surrogate.circuit.PredictorSpec.Moment;
import io.understudy.surrogate.circuit.PredictorSpec.Transform;
import io.understudy.surrogate.circuit.PredictorSpec.TreeOptions;
import io.understudy.surrogate.forest.Forest;
import io.understudy.surrogate.forest.ForestReader;
import io.understudy.surrogate.predict.PredictorPlan;
import io.understudy.surrogate.predict.Stage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PredictorTrainerTest {
  /** Where one row in five takes four times as long, the median is right and the mean is not. */
  @Test
  void makesTheRelativeErrorSmallWhereThatIsTheLoss() {
    FeatureMatrix rows = latencies(4000, 1);
    double squared = relativeError(Loss.SQUARED, Transform.LOG, rows);
    double relative = relativeError(Loss.RELATIVE, Transform.LOG, rows);
    assertEquals(0.2 * 0.75, relative, 0.02);
    assertTrue(squared > 0.3, squared + "");
    assertEquals(0.2 * 0.75, relativeError(Loss.RELATIVE, Transform.NONE, rows), 0.02);
  }

  /** Of two latencies that are as frequent, the smaller one costs less to predict. */
  @Test
  void weighsRowsByTheInverseOfTheTarget() {
    double[] values = new double[1000];
    double[] targets = new double[1000];
    for (int r = 0; r < targets.length; r++) {
      targets[r] = r % 20 < 11 ? 3e-9 : 1e-9;
    }
    Learned learned = learn(Loss.RELATIVE, Transform.LOG, new FeatureMatrix(values, 1, targets), 2);
    Forest forest = ForestReader.read("latency", learned.trees());
    double predicted = Math.exp(forest.score(new double[1], new int[] {0}));
    assertEquals(1, predicted * 1e9, 0.01);
  }

  @Test
  void keepsTreesToTheirDepth() {
    FeatureMatrix rows = latencies(4000, 2);
    TreeOptions shallow = new TreeOptions(5, 31, null, null, 2, false, null);
    PredictorSpec spec = spec(Loss.SQUARED, Transform.LOG, shallow);
    String trees = trainer(spec).learn(rows, rows).trees();
    assertEquals(5 * 4, ForestReader.read("latency", trees).leaves());
  }

  /** Few rows are far off what the feature says; a fit by squares would bend it for all others. */
  @Test
  void takesAnEstimateAsItIs() {
    double[] values = new double[2000];
    double[] targets = new double[2000];
    for (int r = 0; r < targets.length; r++) {
      values[r] = 0.001 * r;
      targets[r] = r >= 1900 ? values[r] + 3 : values[r];
    }
    FeatureMatrix rows = new FeatureMatrix(values, 1, targets);
    TreeOptions none = new TreeOptions(0, 15, 0.2, null, null, false, null);
    assertEquals(0, learn(Base.FIRST, none, rows).predicted(rows)[50] - targets[50], 1e-12);
    double bent = learn(Base.LINEAR, none, rows).predicted(rows)[50] - targets[50];
    assertTrue(Math.abs(bent) > 0.05, bent + "");
  }

  private static Learned learn(Base base, TreeOptions options, FeatureMatrix rows) {
    return trainer(spec(Loss.SQUARED, Transform.NONE, base, options)).learn(rows, rows);
  }

  @Test
  void refusesARelativeErrorOfNothing() {
    FeatureMatrix rows = new FeatureMatrix(new double[3], 1, new double[] {1, 0, 2});
    String message =
        assertThrows(
                TrainingException.class,
                () ->
                    trainer(spec(Loss.RELATIVE, Transform.NONE, TreeOptions.DEFAULT))
                        .learn(rows, rows))
            .getMessage();
    assertEquals("E1_latency: target 0.0 (expected: > 0 with loss relative)", message);
  }

  private static FeatureMatrix latencies(int count, long seed) {
    Random random = new Random(seed);
    double[] values = new double[count];
    double[] targets = new double[count];
    for (int r = 0; r < count; r++) {
      values[r] = random.nextGaussian();
      targets[r] = 1e-9 * (2 + values[r] / (1 + Math.abs(values[r])));
      targets[r] *= random.nextInt(5) == 0 ? 4 : 1;
    }
    return new FeatureMatrix(values, 1, targets);
  }

  private static double relativeError(Loss loss, Transform transform, FeatureMatrix rows) {
    Learned learned = learn(loss, transform, rows, 60);
    FeatureMatrix unseen = latencies(2000, 7);
    Forest forest = ForestReader.read("latency", learned.trees());
    double sum = 0;
    for (int r = 0; r < unseen.rows(); r++) {
      double raw = forest.score(new double[] {unseen.at(r, 0)}, new int[] {0});
      double predicted = learned.predictor().scale() * transform.inverse(raw);
      sum += Math.abs(predicted / unseen.targets()[r] - 1);
    }
    return sum / unseen.rows();
  }

  private static Learned learn(Loss loss, Transform transform, FeatureMatrix rows, int trees) {
    TreeOptions options = new TreeOptions(trees, 15, 0.2, null, null, false, null);
    return trainer(spec(loss, transform, options)).learn(rows, rows);
  }

  private static PredictorTrainer trainer(PredictorSpec spec) {
    return new PredictorTrainer(
        new PredictorPlan(spec, PredictorPlan.LATENCY, Stage.LATENCY, List.of("x")), 1);
  }

  private static PredictorSpec spec(Loss loss, Transform transform, TreeOptions options) {
    return spec(loss, transform, Base.NONE, options);
  }

  private static PredictorSpec spec(
      Loss loss, Transform transform, Base base, TreeOptions options) {
    return new PredictorSpec(
        Moment.E1,
        "latency",
        List.of("x"),
        transform,
        false,
        false,
        false,
        false,
        base,
        loss,
        null,
        options);
  }
}
