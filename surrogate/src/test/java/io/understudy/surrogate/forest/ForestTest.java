package io.understudy.surrogate.forest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Differential: our scores beside LightGBM's own. */
class ForestTest {
  private static final int FEATURES = 6;
  private static final int ROWS = 3000;

  @ParameterizedTest
  @CsvSource({
    "regression, 31, false, 1",
    "regression, 2, false, 2",
    "binary, 31, false, 3",
    "regression, 15, true, 4",
    "binary, 7, true, 5",
    "regression linear_tree=true, 24, false, 6",
    "regression linear_tree=true, 2, true, 7",
    "binary linear_tree=true, 12, true, 8"
  })
  void hasTheSameBitsAsLightGbm(String objective, int leaves, boolean withNan, long seed)
      throws LGBMException {
    Random random = new Random(seed);
    double[] data = rows(random, ROWS, withNan);
    String text = train(objective, leaves, data, random);
    Forest forest = ForestReader.read("model", text);
    LGBMBooster booster = LGBMBooster.loadModelFromString(text);
    double[] unseen = rows(random, 2000, true);
    for (int k = 0; k < 200; k++) {
      unseen[random.nextInt(unseen.length)] = special(random, text);
    }
    double[] expected =
        booster.predictForMat(unseen, 2000, FEATURES, true, PredictionType.C_API_PREDICT_RAW_SCORE);
    int[] slots = IntStream.range(0, FEATURES).toArray();
    double[] row = new double[FEATURES];
    for (int r = 0; r < 2000; r++) {
      System.arraycopy(unseen, r * FEATURES, row, 0, FEATURES);
      assertEquals(
          Double.doubleToRawLongBits(expected[r]),
          Double.doubleToRawLongBits(forest.score(row, slots)),
          "row " + r);
    }
    booster.close();
  }

  @Test
  void namesTheLineOfADamagedModel() throws LGBMException {
    Random random = new Random(9);
    String text = train("regression", 7, rows(random, ROWS, false), random);
    assertTrue(
        refused(text.replaceFirst("split_feature=\\d", "split_feature=9"))
            .contains("split_feature 9 (expected: 0 to 5)"));
    String linear = train("regression linear_tree=true", 7, rows(random, ROWS, false), random);
    assertTrue(
        refused(linear.replaceFirst("leaf_features=\\d", "leaf_features=6"))
            .contains("leaf_features 6 (expected: 0 to 5)"));
    assertTrue(
        refused(linear.replaceFirst("leaf_coeff=[^ ]+", "leaf_coeff=inf")).contains("leaf_coeff"));
    assertTrue(
        refused(linear.replaceFirst("num_features=\\d", "num_features=7"))
            .contains("num_features 7 (expected: 0 to 6)"));
    assertTrue(
        refused(text.replaceFirst("left_child=\\d+", "left_child=0")).contains("child of node 0"));
    assertTrue(
        refused(text.replaceFirst("leaf_value=[^ ]+", "leaf_value=nan")).contains("leaf_value"));
    assertTrue(
        refused(text.substring(0, text.indexOf("end of trees"))).contains("end of the text"));
    assertTrue(refused("forest").contains("expected: a LightGBM text model"));
    assertTrue(
        refused(text.replaceFirst("num_cat=0", "num_cat=1")).contains("num_cat=1 (expected: 0)"));
  }

  private static String refused(String text) {
    return assertThrows(ForestException.class, () -> ForestReader.read("model", text)).getMessage();
  }

  private static double[] rows(Random random, int count, boolean withNan) {
    double[] data = new double[count * FEATURES];
    for (int k = 0; k < data.length; k++) {
      data[k] = random.nextInt(20) == 0 ? 0 : random.nextGaussian();
      if (withNan && random.nextInt(10) == 0) {
        data[k] = Double.NaN;
      }
    }
    return data;
  }

  /**
   * A value at which evaluators go wrong: a threshold itself, the infinities, signed zeros, tiny
   * numbers.
   */
  private static double special(Random random, String text) {
    String thresholds =
        text.lines().filter(line -> line.startsWith("threshold=")).findFirst().orElseThrow();
    String[] words = thresholds.substring("threshold=".length()).split(" ");
    double[] specials = {
      Double.parseDouble(words[random.nextInt(words.length)]),
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      -0.0,
      1e-36,
      -1e-36,
      Double.MIN_VALUE
    };
    return specials[random.nextInt(specials.length)];
  }

  private static String train(String objective, int leaves, double[] data, Random random)
      throws LGBMException {
    float[] label = new float[ROWS];
    for (int r = 0; r < ROWS; r++) {
      double x = data[r * FEATURES];
      double y = data[r * FEATURES + 1];
      double value =
          (Double.isNaN(x) ? 1 : x * x) + (Double.isNaN(y) ? -1 : y) + 0.1 * random.nextGaussian();
      label[r] = (float) (objective.startsWith("binary") ? (value > 1 ? 1 : 0) : value);
    }
    String options =
        "objective=" + objective + " num_leaves=" + leaves + " verbosity=-1 num_threads=1 seed=1";
    LGBMDataset dataset = LGBMDataset.createFromMat(data, ROWS, FEATURES, true, options, null);
    dataset.setField("label", label);
    LGBMBooster booster = LGBMBooster.create(dataset, options);
    for (int k = 0; k < 40; k++) {
      booster.updateOneIter();
    }
    String text = booster.saveModelToString(0, 0, LGBMBooster.FeatureImportanceType.SPLIT);
    booster.close();
    dataset.close();
    return text;
  }
}
