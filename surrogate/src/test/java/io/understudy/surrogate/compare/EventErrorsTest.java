package io.understudy.surrogate.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.event.EventKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors of events that can be counted by hand; the neuron's period is 5 ns. */
class EventErrorsTest {
  private static final Circuit NEURON = circuit("lif_neuron");
  private static final Circuit ROW = circuit("crossbar_row_g30");

  private static Circuit circuit(String name) {
    return CircuitReader.read(Path.of("..", "models", name)).circuit();
  }

  private static EventRecord spike(int run, long step, double latencyNs, double energyJ) {
    boolean happens = !Double.isNaN(latencyNs);
    return new EventRecord(
        run,
        step,
        happens ? EventKind.E1 : EventKind.E2,
        1,
        happens ? 1 : 0,
        energyJ,
        latencyNs * 1e-9,
        new double[5]);
  }

  private static EventErrors of(
      Circuit circuit, List<EventRecord> golden, List<EventRecord> predicted) {
    return EventErrors.of(circuit, EventPair.pair(golden, predicted));
  }

  @Test
  void matchesSpikesInTimeAcrossPeriods() {
    List<EventRecord> golden =
        List.of(spike(0, 0, 2.0, 1), spike(0, 1, 4.8, 1), spike(0, 2, Double.NaN, 1));
    List<EventRecord> predicted =
        List.of(spike(0, 0, 2.2, 1), spike(0, 1, Double.NaN, 1), spike(0, 2, 0.3, 1));
    EventErrors errors = of(NEURON, golden, predicted);
    assertEquals(1.0, errors.spikeF1(), "9.8 ns and 10.3 ns are one spike");
    assertEquals((0.2 / 2.0 + 0.5 / 4.8) / 2, errors.latencyMape(), 1e-9);
  }

  @Test
  void countsMissedAndExtraSpikes() {
    List<EventRecord> golden =
        List.of(spike(0, 0, 1, 1), spike(0, 1, 1, 1), spike(1, 0, Double.NaN, 1));
    List<EventRecord> predicted =
        List.of(spike(0, 0, 1, 1), spike(0, 1, 2.5, 1), spike(1, 0, 1, 1));
    EventErrors errors = of(NEURON, golden, predicted);
    assertEquals(2, errors.goldenSpikes());
    assertEquals(3, errors.predictedSpikes());
    assertEquals(2.0 * 1 / 5, errors.spikeF1(), 1e-12, "1.5 ns apart is no match");
  }

  @Test
  void averagesTheEnergyErrorsOverRunsAndInAll() {
    List<EventRecord> golden = List.of(spike(0, 0, 1, 10), spike(1, 0, 1, 30));
    List<EventRecord> predicted = List.of(spike(0, 0, 1, 11), spike(1, 0, 1, 27));
    EventErrors errors = of(NEURON, golden, predicted);
    assertEquals(0.1, errors.energyRunMean(), 1e-12);
    assertEquals(2.0 / 40, errors.energyTotal(), 1e-12);
    assertEquals(0.1, errors.energyMape().get(EventKind.E1), 1e-12);
  }

  @Test
  void relatesALevelsErrorToTheGoldenSwing() {
    List<EventRecord> golden = List.of(level(0, -0.5), level(1, 0.5));
    List<EventRecord> predicted = List.of(level(0, -0.4), level(1, 0.5));
    assertEquals(Math.sqrt(0.01 / 2), of(ROW, golden, predicted).outputRmse(), 1e-12);
  }

  private static EventRecord level(long step, double volts) {
    return new EventRecord(0, step, EventKind.E1, 1, volts, 1, 1e-9, new double[1]);
  }

  @Test
  void aWorseSurrogateScoresWorse() {
    List<EventRecord> golden = List.of(spike(0, 0, 2, 10), spike(0, 1, 3, 10));
    EventErrors good = of(NEURON, golden, List.of(spike(0, 0, 2.01, 10.1), spike(0, 1, 3, 10)));
    EventErrors bad = of(NEURON, golden, List.of(spike(0, 0, 2.5, 12), spike(0, 1, 4.5, 10)));
    assertTrue(good.spikeF1() > bad.spikeF1());
    assertTrue(good.latencyMape() < bad.latencyMape());
    assertTrue(good.energyTotal() < bad.energyTotal());
  }

  @Test
  void refusesEventsThatAreNotTheSame() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> EventPair.pair(List.of(level(0, 0)), List.of(level(1, 0))));
    assertTrue(e.getMessage().contains("step 1"), e.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> EventPair.pair(List.of(level(0, 0)), List.of()));
  }
}
