package io.understudy.characterizer.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnitTest {
  @Test
  void takesThePrefixThatSuitsAValue() {
    assertEquals("1.20 pJ", Unit.of("J", 1.2e-12).text(1.2e-12));
    assertEquals("230 fJ", Unit.of("J", -2.3e-13).text(2.3e-13));
    assertEquals("43.0 mV", Unit.of("V", 0.043).text(0.043));
    assertEquals("1.00 ns", Unit.of("s", 1e-9).text(1e-9));
    assertEquals("0 V", Unit.of("V", 0).text(0));
  }

  @Test
  void takesThePrefixOfTheGreatestOfSeveral() {
    Unit unit = Unit.of("s", new double[] {1e-12, -3e-9, 2e-10});
    assertEquals("ns", unit.symbol());
    assertArrayEquals(
        new double[] {1e-3, -3, 0.2}, unit.in(new double[] {1e-12, -3e-9, 2e-10}), 1e-12);
  }

  @Test
  void writesFractionsInPercent() {
    assertEquals("2.67 %", Unit.percent(0.026678));
    assertEquals("-0.759 %", Unit.percent(-0.00759));
    assertEquals("2.7e-05 %", Unit.percent(2.667e-7));
  }
}
