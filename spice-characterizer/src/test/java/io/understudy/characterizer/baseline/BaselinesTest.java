package io.understudy.characterizer.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class BaselinesTest {
  private static final Sample NONE = new Sample(new double[0][], new double[0]);

  private static Problem problem(Measure measure, Sample train, Sample unseen) {
    return new Problem("E1_energy", measure, train, NONE, unseen, 1);
  }

  @Test
  void predictsTheTrainingEventsMean() {
    Sample train = new Sample(new double[][] {{0}, {1}, {2}}, new double[] {1, 2, 6});
    Sample unseen = new Sample(new double[][] {{9}, {-9}}, new double[] {0, 0});
    assertArrayEquals(
        new double[] {3, 3}, new MeanBaseline().predict(problem(Measure.VALUE, train, unseen)));
  }

  @Test
  void takesTheNearestTrainingEventWhateverTheFeaturesUnits() {
    // By plain distance the second feature alone would count.
    Sample train =
        new Sample(
            new double[][] {{0.0, 1000}, {1e-3, 1001}, {0.0, 3000}, {1e-3, 3001}},
            new double[] {10, 20, 30, 40});
    Sample unseen = new Sample(new double[][] {{0.9e-3, 1000}, {0.2e-3, 3001}}, new double[2]);
    assertArrayEquals(
        new double[] {20, 30},
        new NearestNeighbour().predict(problem(Measure.VALUE, train, unseen)));
  }

  @Test
  void findsTheNearestAmongMoreFeaturesThanADistanceIsGivenUpAfter() {
    double[][] rows = new double[40][20];
    double[] targets = new double[40];
    for (int r = 0; r < 40; r++) {
      for (int c = 0; c < 20; c++) {
        rows[r][c] = Math.sin(7.0 * r + c);
      }
      targets[r] = r;
    }
    Sample all = new Sample(rows, targets);
    assertArrayEquals(targets, new NearestNeighbour().predict(problem(Measure.VALUE, all, all)), 0);
  }

  @Test
  void measuresAValueByItsDeviation() {
    // Golden values of deviation 2, each wrong by 1.
    Score score = Score.of(Measure.VALUE, new double[] {1, 5, 1, 5}, new double[] {2, 6, 0, 4});
    assertEquals(0.5, score.rmse());
    assertNull(score.mape());
    assertNull(score.f1());
  }

  @Test
  void measuresAnEnergyRelativeToItselfToo() {
    Score score = Score.of(Measure.RELATIVE, new double[] {1, -4}, new double[] {1.1, -3});
    assertEquals((0.1 + 0.25) / 2, score.mape(), 1e-12);
  }

  @Test
  void countsDecisions() {
    // One of two found, one invented: F1 = 2 * 1 / (2 + 2).
    Score score =
        Score.of(Measure.DECISION, new double[] {1, 1, 0, 0, 0}, new double[] {1, 0, 1, 0, 0});
    assertEquals(0.5, score.f1());
    assertEquals(0.4, score.wrong());
    assertNull(score.rmse());
  }

  @Test
  void saysNothingOfAValueThatDoesNotVary() {
    assertNull(Score.of(Measure.VALUE, new double[] {2, 2}, new double[] {1, 2}).rmse());
    assertEquals(0.0, Score.of(Measure.VALUE, new double[] {2, 2}, new double[] {2, 2}).rmse());
  }

  @Test
  void setsTheSurrogateLast() {
    Sample train = new Sample(new double[][] {{0}, {2}}, new double[] {0, 4});
    Baselines.Quantity quantity =
        Baselines.compare(
            problem(Measure.VALUE, train, train),
            List.of(new MeanBaseline(), new NearestNeighbour()),
            new double[] {1, 3});
    assertEquals(List.of("mean", "nearest", "surrogate"), List.copyOf(quantity.scores().keySet()));
    assertEquals(1.0, quantity.scores().get("mean").rmse());
    assertEquals(0.0, quantity.scores().get("nearest").rmse());
    assertEquals(0.5, quantity.scores().get("surrogate").rmse());
  }

  @Test
  void refusesToLearnFromNothing() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> problem(Measure.VALUE, NONE, NONE));
    assertEquals("E1_energy: training events: 0 (expected: at least 1)", e.getMessage());
  }
}
