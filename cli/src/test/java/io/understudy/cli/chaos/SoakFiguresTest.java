package io.understudy.cli.chaos;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoakFiguresTest {
  private static final ServerFigures HALF_TIME =
      new ServerFigures(0, 0, 40_000_000, 600_000_000, 95);

  private static SoakFigures soak(long identical, long different, ServerFigures end) {
    return new SoakFigures(
        6, 64, identical, different, 100, 3, 4, 700_000_000, HALF_TIME, List.of(HALF_TIME), end);
  }

  @Test
  void passesWhereTheServerHoldsAsMuchAsBefore() {
    assertTrue(soak(1_000, 0, new ServerFigures(0, 0, 41_900_000, 629_000_000, 99)).passed());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 40_000_000, 600_000_000, 95",
    "0, 1, 40_000_000, 600_000_000, 95",
    "0, 0, 42_100_000, 600_000_000, 95",
    "0, 0, 40_000_000, 631_000_000, 95",
    "0, 0, 40_000_000, 600_000_000, 100"
  })
  void failsWhereTheServerHoldsMore(
      String open, String held, String heap, String memory, String files) {
    ServerFigures end =
        new ServerFigures(number(open), number(held), number(heap), number(memory), number(files));
    assertFalse(soak(1_000, 0, end).passed());
  }

  private static long number(String text) {
    return Long.parseLong(text.replace("_", ""));
  }

  @Test
  void failsWhereARunDiffersOrNoneEnded() {
    assertFalse(soak(1_000, 1, HALF_TIME).passed());
    assertFalse(soak(0, 0, HALF_TIME).passed());
  }
}
