package io.understudy.characterizer.deck;

import io.understudy.characterizer.stimulus.InputSchedule;
import io.understudy.surrogate.circuit.Drive;
import java.math.BigDecimal;
import java.util.List;

/** The piecewise-linear waveform of one input element over a run. */
final class PwlSource {
  private static final int PAIRS_A_LINE = 6;

  private final StringBuilder text = new StringBuilder();
  private long lastFs = -1;
  private String lastValue = "";
  private int pairs;

  private PwlSource() {}

  /**
   * The source's description in a deck: {@code DC x} or {@code PWL(t x t x ...)}.
   *
   * @param index the element's index in the intervals' values
   * @param initial value held before the first input (levels only)
   */
  static String of(
      Drive drive, List<InputSchedule.Interval> inputs, int index, double initial, long periodFs) {
    PwlSource source = new PwlSource();
    if (drive instanceof Drive.Pulse pulse) {
      source.point(0, 0);
      for (InputSchedule.Interval event : inputs) {
        for (List<Double> point : pulse.points()) {
          source.point(
              event.step() * periodFs + femtoseconds(point.get(0)),
              event.values().get(index) * point.get(1));
        }
      }
    } else {
      long rampFs = femtoseconds(((Drive.Level) drive).rampS());
      double held = initial;
      source.point(0, held);
      for (InputSchedule.Interval event : inputs) {
        double next = event.values().get(index);
        if (next != held) {
          source.point(event.step() * periodFs, held);
          source.point(event.step() * periodFs + rampFs, next);
          held = next;
        }
      }
    }
    return source.pairs == 1 ? "DC " + source.lastValue : "PWL(" + source.text + ")";
  }

  private void point(long timeFs, double value) {
    String number = number(value);
    if (timeFs == lastFs) {
      if (!number.equals(lastValue)) {
        throw new IllegalStateException(
            "input at " + seconds(timeFs) + " s: a jump from " + lastValue + " to " + number);
      }
      return;
    }
    if (pairs > 0) {
      text.append(pairs % PAIRS_A_LINE == 0 ? "\n+ " : " ");
    }
    text.append(seconds(timeFs)).append(' ').append(number);
    lastFs = timeFs;
    lastValue = number;
    pairs++;
  }

  static long femtoseconds(double seconds) {
    return Math.round(seconds * 1e15);
  }

  /** Exact, so that a source's corners fall on the periods' boundaries. */
  static String seconds(long timeFs) {
    return BigDecimal.valueOf(timeFs, 15).stripTrailingZeros().toString();
  }

  /** Shortest text that reads back as the same number. */
  static String number(double value) {
    return value == 0 ? "0" : Double.toString(value);
  }
}
