package io.understudy.characterizer.stimulus;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.Stimulus;
import java.util.ArrayList;
import java.util.List;

/**
 * One run cut into intervals: a period for each input event, and the maximal stretches between
 * them. An input that is held counts as an event only where a value changes.
 *
 * @param periods length of the run
 * @param intervals in order, without gaps
 */
public record InputSchedule(long periods, List<Interval> intervals) {
  public InputSchedule {
    intervals = List.copyOf(intervals);
  }

  /**
   * One interval.
   *
   * @param step its first period
   * @param periods its length, 1 for an input event
   * @param input true for an input event
   * @param values the inputs during it; empty when inputs are pulses and there is none
   * @param previous the inputs held before it; empty when inputs are pulses
   */
  public record Interval(
      long step, long periods, boolean input, List<Double> values, List<Double> previous) {}

  /**
   * Cuts a run.
   *
   * @param rows the periods with an input, ascending; those from {@code periods} on are left out
   */
  public static InputSchedule of(Circuit circuit, List<Stimulus.Row> rows, long periods) {
    boolean isHeld = circuit.hasHeldInputs();
    List<Double> held = isHeld ? initial(circuit) : List.of();
    List<Interval> intervals = new ArrayList<>();
    long next = 0;
    for (Stimulus.Row row : rows) {
      if (row.step() >= periods) {
        break;
      }
      if (isHeld && row.values().equals(held)) {
        continue;
      }
      if (row.step() > next) {
        intervals.add(new Interval(next, row.step() - next, false, held, held));
      }
      intervals.add(new Interval(row.step(), 1, true, row.values(), held));
      held = isHeld ? row.values() : held;
      next = row.step() + 1;
    }
    if (next < periods) {
      intervals.add(new Interval(next, periods - next, false, held, held));
    }
    return new InputSchedule(periods, intervals);
  }

  /** The input events alone. */
  public List<Interval> inputs() {
    return intervals.stream().filter(Interval::input).toList();
  }

  private static List<Double> initial(Circuit circuit) {
    List<Double> values = new ArrayList<>();
    circuit
        .inputs()
        .forEach(
            input -> {
              for (int k = 0; k < input.width(); k++) {
                values.add(input.initial());
              }
            });
    return values;
  }
}
