package io.understudy.surrogate.forest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random forests and rows: LightGBM, row by row, the kernel's batch and its single row agree. */
class ForestPropertiesTest {
  private static final int ROWS = 77;

  @Property(tries = 60, seed = "1")
  void allWaysToScoreARowGiveTheSameBits(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 7) int features,
      @ForAll @IntRange(min = 1, max = 80) int leaves,
      @ForAll @IntRange(min = 1, max = 20) int trees,
      @ForAll boolean linear,
      @ForAll boolean onGrid)
      throws LGBMException {
    RandomModel model = new RandomModel(new Random(seed), features, linear, onGrid);
    String drawn = model.text(trees, leaves);
    String text = onGrid ? ThresholdGrid.snapped(drawn) : drawn;
    assertEquals(text, onGrid ? ThresholdGrid.snapped(text) : text, "the grid's grid");
    Forest forest = ForestReader.read("model", text);
    double[] rows = model.rows(ROWS);
    double[] expected;
    try (LGBMBooster booster = LGBMBooster.loadModelFromString(text)) {
      expected =
          booster.predictForMat(rows, ROWS, features, true, PredictionType.C_API_PREDICT_RAW_SCORE);
    }
    int[] slots = IntStream.range(0, features).toArray();
    ForestKernel kernel = forest.kernel(slots, ROWS);
    double[] columns = new double[features * ROWS];
    for (int k = 0; k < columns.length; k++) {
      columns[k % features * ROWS + k / features] = rows[k];
    }
    double[] batch = new double[ROWS];
    ForestKernel.Scratch scratch = new ForestKernel.Scratch(ROWS, features);
    kernel.scores(columns, ROWS, batch, scratch);
    FeatureKeys keys = new FeatureKeys(features, ROWS);
    for (int k = 0; k < features; k++) {
      keys.set(k, columns, k * ROWS, ROWS);
    }
    double[] byKeys = new double[ROWS];
    kernel.scores(columns, keys, ROWS, byKeys, scratch);
    for (int r = 0; r < ROWS; r++) {
      double[] row = Arrays.copyOfRange(rows, r * features, (r + 1) * features);
      assertSame(expected[r], forest.score(row, slots), "row by row", row);
      if (!kernel.needsExactPath() && Arrays.stream(row).allMatch(Double::isFinite)) {
        assertSame(expected[r], batch[r], "batch", row);
        assertSame(expected[r], byKeys[r], "by keys", row);
        assertSame(expected[r], kernel.score(columns, r, scratch), "single", row);
      }
    }
  }

  private static void assertSame(double expected, double actual, String way, double[] row) {
    boolean bothNan = Double.isNaN(expected) && Double.isNaN(actual);
    if (!bothNan) {
      assertEquals(
          Double.doubleToRawLongBits(expected),
          Double.doubleToRawLongBits(actual),
          () -> way + " of " + Arrays.toString(row) + ": " + actual + ", LightGBM: " + expected);
    }
  }
}
