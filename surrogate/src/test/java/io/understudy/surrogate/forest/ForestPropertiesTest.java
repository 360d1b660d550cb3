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

/**
 * Random forests and rows: LightGBM and all ways to score a row agree, with native vectors and
 * without.
 */
class ForestPropertiesTest {
  private static final int COLUMNS = 7;

  @Property(tries = 60, seed = "1")
  void allWaysToScoreARowGiveTheSameBits(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 7) int features,
      @ForAll @IntRange(min = 1, max = 80) int leaves,
      @ForAll @IntRange(min = 1, max = 20) int trees,
      @ForAll @IntRange(min = 1, max = 1100) int rows,
      @ForAll boolean linear,
      @ForAll boolean onGrid)
      throws LGBMException {
    RandomModel model = new RandomModel(new Random(seed), features, linear, onGrid);
    String drawn = model.text(trees, leaves);
    String text = onGrid ? ThresholdGrid.snapped(drawn) : drawn;
    assertEquals(text, onGrid ? ThresholdGrid.snapped(text) : text, "the grid's grid");
    Forest forest = ForestReader.read("model", text);
    double[] values = model.rows(rows);
    double[] expected;
    try (LGBMBooster booster = LGBMBooster.loadModelFromString(text)) {
      expected =
          booster.predictForMat(
              values, rows, features, true, PredictionType.C_API_PREDICT_RAW_SCORE);
    }
    // Columns are in another order than the features, as in a bank.
    int[] slots = IntStream.range(0, features).map(f -> (f + 3) * 4 % 7).toArray();
    for (int r = 0; r < rows; r++) {
      double[] row = Arrays.copyOfRange(values, r * features, (r + 1) * features);
      int[] inOrder = IntStream.range(0, features).toArray();
      assertSame(expected[r], forest.score(row, inOrder), "row by row", row);
    }
    assertSame(expected, values, forest.kernel(slots, rows), slots);
    assertSame(expected, values, forest.portableKernel(slots, rows), slots);
  }

  /** Compares a kernel's scores of the rows that it is made for. */
  private static void assertSame(
      double[] expected, double[] values, ForestKernel kernel, int[] slots) {
    int rows = expected.length;
    int features = slots.length;
    double[] columns = new double[COLUMNS * rows];
    for (int k = 0; k < values.length; k++) {
      columns[slots[k % features] * rows + k / features] = values[k];
    }
    double[] batch = new double[rows];
    ForestKernel.Scratch scratch = new ForestKernel.Scratch(rows, COLUMNS);
    kernel.scores(columns, rows, batch, scratch);
    FeatureKeys keys = new FeatureKeys(COLUMNS, rows);
    for (int k = 0; k < COLUMNS; k++) {
      keys.set(k, columns, k * rows, rows);
    }
    double[] fastest = new double[rows];
    kernel.scores(columns, keys, rows, fastest, scratch);
    for (int r = 0; r < rows; r++) {
      double[] row = Arrays.copyOfRange(values, r * features, (r + 1) * features);
      if (!kernel.needsExactPath() && Arrays.stream(row).allMatch(Double::isFinite)) {
        assertSame(expected[r], batch[r], "batch", row);
        assertSame(expected[r], fastest[r], kernel.isNative() ? "native" : "by keys", row);
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
