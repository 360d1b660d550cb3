package io.understudy.characterizer.stimulus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.characterizer.Circuits;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.Stimulus;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputScheduleTest {
  private static final Circuit HELD = Circuits.rcStage().circuit();
  private static final Circuit PULSE = Circuits.shipped("lif_neuron").circuit();

  @Test
  void takesARowThatChangesNothingAsIdle() {
    assertEquals(
        List.of(
            new InputSchedule.Interval(0, 2, false, List.of(0.0), List.of(0.0)),
            new InputSchedule.Interval(2, 1, true, List.of(0.5), List.of(0.0)),
            new InputSchedule.Interval(3, 2, false, List.of(0.5), List.of(0.5)),
            new InputSchedule.Interval(5, 1, true, List.of(0.0), List.of(0.5))),
        InputSchedule.of(
                HELD, List.of(row(0, 0), row(2, 0.5), row(3, 0.5), row(5, 0), row(6, 1)), 6)
            .intervals());
  }

  @Test
  void takesEveryPulseAsAnEvent() {
    assertEquals(
        List.of(
            new InputSchedule.Interval(0, 1, true, List.of(0.5), List.of()),
            new InputSchedule.Interval(1, 1, true, List.of(0.5), List.of()),
            new InputSchedule.Interval(2, 3, false, List.of(), List.of())),
        InputSchedule.of(PULSE, List.of(row(0, 0.5), row(1, 0.5)), 5).intervals());
  }

  private static Stimulus.Row row(long step, double value) {
    return new Stimulus.Row(step, List.of(value));
  }
}
