package io.understudy.characterizer.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.understudy.characterizer.Circuits;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.EventKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosedLoopFiguresTest {
  private final Circuit circuit = Circuits.rcStage().circuit();

  /** A golden event of output 1 V, state 1 V and energy 2 J, and how far the prediction is off. */
  private static EventPair pair(int run, long step, EventKind kind, double off) {
    return new EventPair(
        new EventRecord(run, step, kind, 1, 1, 2, Double.NaN, new double[] {1}),
        new EventRecord(run, step, kind, 1, 1 + off, 2 + off, Double.NaN, new double[] {1 + off}));
  }

  @Test
  void sortsEventsIntoStretchesOfTime() {
    List<TimeBin> bins =
        TimeBin.of(
            circuit,
            10,
            5,
            List.of(
                pair(0, 0, EventKind.E1, 0.1),
                pair(0, 1, EventKind.E1, -0.1),
                pair(0, 2, EventKind.E1, 0.3),
                pair(1, 0, EventKind.E1, 0.1),
                pair(1, 9, EventKind.E1, 0.5)));
    assertEquals(5, bins.size());
    TimeBin first = bins.get(0);
    assertEquals(3, first.events());
    assertEquals(0.1, first.outputRmseV());
    assertEquals(0.1, first.stateRmseV());
    // Run 0 is off by nothing in sum, run 1 by 0.1 J; golden are 4 and 2 J.
    assertEquals(Digits.of(0.1 / 6), first.energyError());
    assertNull(first.spikeF1());
    assertEquals(0.3, bins.get(1).outputRmseV());
    assertEquals(0, bins.get(2).events());
    assertNull(bins.get(2).outputRmseV());
    assertEquals(0.5, bins.get(4).outputRmseV());
    double periodS = circuit.clock().periodS();
    assertEquals(0, first.fromS());
    assertEquals(2 * periodS, bins.get(1).fromS(), 1e-6 * periodS);
    assertEquals(10 * periodS, bins.get(4).toS(), 1e-6 * periodS);
  }

  @Test
  void hasNoMoreStretchesThanPeriods() {
    assertEquals(3, TimeBin.of(circuit, 3, 20, List.of(pair(0, 2, EventKind.E1, 0))).size());
  }

  @Test
  void sumsEnergyByTheKindThatEachSideSees() {
    EventPair differs =
        new EventPair(
            new EventRecord(0, 2, EventKind.E1, 1, 1, 5, Double.NaN, new double[] {1}),
            new EventRecord(0, 2, EventKind.E2, 1, 0, 1, Double.NaN, new double[] {1}));
    assertEquals(
        List.of(
            new EnergyShare(EventKind.E1, 2, 1, 7, 2.5),
            new EnergyShare(EventKind.E2, 0, 1, 0, 1),
            new EnergyShare(EventKind.E3, 1, 1, 2, 2)),
        EnergyShare.of(
            List.of(pair(0, 0, EventKind.E1, 0.5), pair(0, 1, EventKind.E3, 0), differs)));
  }

  @Test
  void sumsEnergyByRun() {
    RunEnergies runs =
        RunEnergies.of(
            List.of(
                pair(3, 0, EventKind.E1, 0.5),
                pair(3, 1, EventKind.E3, 0.5),
                pair(7, 0, EventKind.E1, -0.1)));
    assertArrayEquals(new double[] {4, 2}, runs.goldenJ());
    assertArrayEquals(new double[] {5, 1.9}, runs.predictedJ(), 1e-12);
    assertEquals(new RunEnergies.Spread(0.15, 0.25, 0.25, 0.25), runs.spread());
  }

  @Test
  void roundsToFiveDigits() {
    assertEquals(0.12346, Digits.of(0.123456789));
    assertEquals(-1.2346e-15, Digits.of(-1.23456789e-15));
    assertNull(Digits.of(Double.NaN));
  }
}
