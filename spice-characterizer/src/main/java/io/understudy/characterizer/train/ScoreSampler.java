package io.understudy.characterizer.train;

import io.understudy.surrogate.provenance.ScoreSample;
import io.understudy.surrogate.provenance.SurrogateManifest.TrainedPredictor;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Draws rows from the range of a predictor's training data and asks LightGBM itself for their
 * scores. The same package always gives the same sample.
 */
public final class ScoreSampler {
  private static final int ROWS = 24;
  private static final long SEED = 1;

  private ScoreSampler() {}

  /** The package with samples of all its predictors, in place of those that it has. */
  public static SurrogatePackage sampled(SurrogatePackage source) {
    Map<String, ScoreSample> samples = new LinkedHashMap<>();
    for (TrainedPredictor predictor : source.manifest().predictors()) {
      samples.put(predictor.name(), sample(predictor, source.trees().get(predictor.trees())));
    }
    return source.withScores(samples);
  }

  private static ScoreSample sample(TrainedPredictor predictor, String trees) {
    int width = predictor.featureMin().length;
    Random random = new Random(SEED);
    double[][] rows = new double[ROWS][width];
    double[] values = new double[ROWS * width];
    for (int r = 0; r < ROWS; r++) {
      for (int k = 0; k < width; k++) {
        double min = predictor.featureMin()[k];
        rows[r][k] = min + (predictor.featureMax()[k] - min) * random.nextDouble();
        values[r * width + k] = rows[r][k];
      }
    }
    boolean none = !trees.contains("\nTree=");
    double[] scores =
        none
            ? new double[ROWS]
            : BoostedTrees.scores(
                predictor.name(), trees, new FeatureMatrix(values, width, new double[ROWS]));
    return new ScoreSample(rows, scores);
  }
}
