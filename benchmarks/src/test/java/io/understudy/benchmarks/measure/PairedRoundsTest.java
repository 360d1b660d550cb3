package io.understudy.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.benchmarks.measure.PairedRounds.Pair;
import org.junit.jupiter.api.Test;

class PairedRoundsTest {
  @Test
  void takesTheMedian() {
    assertEquals(2, PairedRounds.median(3, 1, 2));
  }

  @Test
  void saysHowManyTimesFasterTheSubjectIs() {
    Pair pair = PairedRounds.measure(5, 2_000_000, () -> sum(20_000), () -> sum(200_000));
    assertTrue(pair.ratio() > 3 && pair.ratio() < 30, pair::toString);
    assertTrue(pair.baselineNs() > pair.subjectNs(), pair::toString);
  }

  private static double sum(int terms) {
    double sum = 0;
    for (int k = 1; k <= terms; k++) {
      sum += 1.0 / k;
    }
    return sum;
  }
}
