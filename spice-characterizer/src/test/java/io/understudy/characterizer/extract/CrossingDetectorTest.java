package io.understudy.characterizer.extract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CrossingDetectorTest {
  @Test
  void countsRisingCrossingsOnly() {
    double[] timeS = {0, 1, 2, 3, 4, 5};
    double[] volts = {0, 0.6, 0.1, 0.3, 0.2, 0.5};
    assertArrayEquals(
        new double[] {0.5, 3, 4 + 1.0 / 3}, CrossingDetector.rising(timeS, volts, 0.3), 1e-12);
  }

  @Property(tries = 200, seed = "20260101")
  void findsTheCrossingsOfASine(
      @ForAll @IntRange(min = 1, max = 6) int cycles,
      @ForAll @DoubleRange(min = -0.9, max = 0.9) double level) {
    int points = 20_001;
    double[] timeS = new double[points];
    double[] volts = new double[points];
    for (int i = 0; i < points; i++) {
      timeS[i] = (double) i / (points - 1);
      volts[i] = -Math.cos(2 * Math.PI * cycles * timeS[i]);
    }
    double[] crossings = CrossingDetector.rising(timeS, volts, level);
    assertEquals(cycles, crossings.length);
    for (int k = 0; k < cycles; k++) {
      double expected = (k + Math.acos(-level) / (2 * Math.PI)) / cycles;
      assertEquals(expected, crossings[k], 1e-6);
    }
  }

  @Property(tries = 200, seed = "20260101")
  void settlesAtTheFractionOfAnExponentialsSwing(
      @ForAll @DoubleRange(min = -1, max = 1) double before,
      @ForAll @DoubleRange(min = 0.01, max = 1) double swing,
      @ForAll boolean falls,
      @ForAll @DoubleRange(min = 0.05, max = 0.3) double tau) {
    int points = 60_001;
    double signed = falls ? -swing : swing;
    double[] timeS = new double[points];
    double[] volts = new double[points];
    for (int i = 0; i < points; i++) {
      timeS[i] = 3.0 * i / (points - 1);
      volts[i] = before + signed * (1 - Math.exp(-Math.max(0, timeS[i] - 1) / tau));
    }
    double settled = CrossingDetector.settlingS(timeS, volts, 1, 2, 0.9, 1e-3);
    // Of the swing that is reached by the period's end.
    double reached = 1 - Math.exp(-1 / tau);
    assertEquals(-tau * Math.log(1 - 0.9 * reached), settled, 2e-5);
  }

  @Test
  void settlesAtTheLastCrossingOfARinging() {
    double[] timeS = {0, 1, 2, 3, 4};
    double[] volts = {0, 1.2, 0.8, 1, 1};
    assertEquals(2.5, CrossingDetector.settlingS(timeS, volts, 0, 4, 0.9, 1e-3), 1e-12);
  }

  @Test
  void hasNoLatencyBelowTheSmallestSwing() {
    double[] timeS = {0, 1, 2};
    double[] volts = {0, 5e-4, 9e-4};
    assertTrue(Double.isNaN(CrossingDetector.settlingS(timeS, volts, 0, 2, 0.9, 1e-3)));
  }
}
