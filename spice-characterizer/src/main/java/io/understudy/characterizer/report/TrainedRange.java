package io.understudy.characterizer.report;

import io.understudy.surrogate.provenance.SurrogateManifest;
import io.understudy.surrogate.provenance.SurrogateManifest.TrainedPredictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The values of a feature that training has seen, over all predictors that look at it.
 *
 * @param feature as circuit.yaml writes it
 * @param min smallest, as text
 * @param max largest, as text
 */
record TrainedRange(String feature, String min, String max) {
  static List<TrainedRange> of(SurrogateManifest manifest) {
    Map<String, double[]> ranges = new TreeMap<>();
    for (TrainedPredictor predictor : manifest.predictors()) {
      // A vector's name stands for its elements: then values and names do not go together.
      if (predictor.features().size() == predictor.featureMin().length) {
        for (int k = 0; k < predictor.featureMin().length; k++) {
          double[] range =
              ranges.computeIfAbsent(
                  predictor.features().get(k),
                  f -> new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY});
          range[0] = Math.min(range[0], predictor.featureMin()[k]);
          range[1] = Math.max(range[1], predictor.featureMax()[k]);
        }
      }
    }
    List<TrainedRange> all = new ArrayList<>();
    ranges.forEach(
        (name, range) ->
            all.add(new TrainedRange(name, Unit.digits(range[0]), Unit.digits(range[1]))));
    return all;
  }
}
