package io.understudy.surrogate.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.event.EvaluationException;
import io.understudy.surrogate.event.RowFlags;
import io.understudy.surrogate.event.StepRows;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurrogateBankTest {
  private final List<String> told = new ArrayList<>();
  private final StepRows rows = new StepRows(1, false);

  private SurrogateBank bank(int instances) {
    return ToyNeuron.surrogate()
        .open(
            new double[instances][1],
            (instance, step, kind, periods, output, energyJ, latencyS, states) ->
                told.add(
                    "%d@%d %s x%d out %.0f v %.3f"
                        .formatted(instance, step, kind, periods, output, states[0])));
  }

  private void step(SurrogateBank bank, long period, Object... instanceAndValue) {
    rows.reserveRows(instanceAndValue.length / 2);
    rows.rows = instanceAndValue.length / 2;
    for (int k = 0; k < rows.rows; k++) {
      rows.instance[k] = (Integer) instanceAndValue[2 * k];
      rows.inputs[k] = (Double) instanceAndValue[2 * k + 1];
    }
    bank.step(period, rows);
  }

  @Test
  void addsUpInputsAndSpikesAboveTheThreshold() {
    SurrogateBank bank = bank(1);
    step(bank, 0, 0, 0.4);
    assertEquals(1, rows.answers);
    assertEquals(RowFlags.E2, rows.flags[0]);
    assertEquals(-1, rows.delayFs[0]);
    assertEquals(2e-12, rows.eventEnergyJ[0]);
    step(bank, 1, 0, 0.8);
    assertEquals(RowFlags.E1, rows.flags[0]);
    assertEquals(1, rows.output[0]);
    double latencyS = 1e-9 - 0.25e-9 * (0.4 + 0.8);
    assertEquals(Math.round(latencyS * 1e15), rows.delayFs[0]);
    assertEquals(1e-12 + 1e-12 * 1.2 + 1e-3 * latencyS, rows.eventEnergyJ[0], 1e-24);
    bank.close(2);
    assertEquals(List.of("0@0 E2 x1 out 0 v 0.400", "0@1 E1 x1 out 1 v 0.300"), told);
  }

  @Test
  void predictsAStateFromAnotherStatesEnd() {
    double[] end = new double[2];
    SurrogateBank bank =
        ToyNeuron.surrogate()
            .open(
                new double[1][1],
                (instance, step, kind, periods, output, energyJ, latencyS, states) ->
                    System.arraycopy(states, 0, end, 0, 2));
    step(bank, 0, 0, 0.4);
    assertEquals(0.0, end[1], "an event without a predictor of it leaves it");
    step(bank, 1, 0, 0.8);
    assertEquals(0.25 * (0.4 + 0.8), end[0]);
    assertEquals(2 * end[0] - 0.4, end[1], 1e-15);
  }

  @Test
  void closesAnIdleStretchWhenTheNextInputComes() {
    SurrogateBank bank = bank(2);
    step(bank, 0, 1, 0.4);
    step(bank, 1);
    assertEquals(0, rows.answers, "0.4 V is below the late threshold");
    step(bank, 4, 1, 0.1);
    assertEquals(1e-15 * 8, rows.idleEnergyJ[0], 1e-27);
    bank.close(10);
    assertEquals(
        List.of(
            "1@0 E2 x1 out 0 v 0.400",
            "1@1 E3 x3 out 0 v 0.370",
            "1@4 E2 x1 out 0 v 0.470",
            "0@0 E3 x10 out 0 v -0.100",
            "1@5 E3 x5 out 0 v 0.420"),
        told);
    assertEquals(3, bank.totals().e3);
    assertEquals(18, bank.totals().idlePeriods);
    assertEquals(4e-12 + 8e-15 + 1024e-15 + 32e-15, bank.totals().energyJ(), 1e-24);
  }

  @Test
  void announcesALateSpikeAtTheFirstIdleEdgeAndCountsItOnce() {
    SurrogateBank bank = bank(3);
    step(bank, 0, 0, 0.4, 1, 0.9, 2, 0.2);
    step(bank, 1, 2, 0.2);
    assertEquals(2, rows.answers);
    assertEquals(1, rows.answered[0]);
    assertEquals(RowFlags.E3, rows.flags[0]);
    assertEquals(Math.round(0.5e-9 * 0.9 * 1e15), rows.delayFs[0]);
    assertEquals(2, rows.answered[1]);
    step(bank, 2);
    bank.close(3);
    assertEquals(1, bank.totals().outputs);
    assertEquals(
        "1@1 E3 x2 out 1 v 0.880",
        told.stream().filter(t -> t.startsWith("1@1")).findFirst().orElseThrow());
  }

  @Test
  void findsTheSameEventsWhenNoEmptySectionAnnouncesTheIdleStretch() {
    SurrogateBank announced = bank(1);
    step(announced, 0, 0, 0.9);
    step(announced, 1);
    step(announced, 5, 0, 0.3);
    announced.close(7);
    List<String> first = List.copyOf(told);
    told.clear();
    SurrogateBank silent = bank(1);
    step(silent, 0, 0, 0.9);
    step(silent, 5, 0, 0.3);
    silent.close(7);
    assertEquals(first, told);
    assertEquals(announced.totals().energyJ(), silent.totals().energyJ());
  }

  @Test
  void givesEachInstanceTheSameBitsAloneAndInABank() {
    SurrogateBank together = bank(5);
    for (int period = 0; period < 20; period++) {
      step(together, period, 0, 0.3, 2, 0.11 * period, 4, -0.1);
    }
    together.close(25);
    List<String> ofTwo =
        told.stream().filter(t -> t.startsWith("2@")).map(t -> t.substring(1)).toList();
    told.clear();
    SurrogateBank alone = bank(1);
    for (int period = 0; period < 20; period++) {
      step(alone, period, 0, 0.11 * period);
    }
    alone.close(25);
    assertEquals(ofTwo, told.stream().map(t -> t.substring(1)).toList());
  }

  @Test
  void clampsLatencyAndFlagsIt() {
    SurrogateBank bank = bank(1);
    step(bank, 0, 0, 2.0);
    assertEquals(Math.round(0.5e-9 * 1e15), rows.delayFs[0]);
    assertEquals(RowFlags.E1, rows.flags[0]);
    step(bank, 1, 0, 150.0);
    assertEquals(Math.round(0.1e-9 * 1e15), rows.delayFs[0]);
    assertEquals(RowFlags.E1 | RowFlags.OUT_OF_RANGE | RowFlags.LATENCY_CLAMPED, rows.flags[0]);
    assertEquals(1, bank.totals().flagged);
  }

  @Test
  void refusesAnInputThatIsNotANumber() {
    SurrogateBank bank = bank(2);
    EvaluationException e =
        assertThrows(EvaluationException.class, () -> step(bank, 0, 1, Double.NaN));
    assertEquals("instance 1: input x: NaN (expected: a finite number)", e.getMessage());
  }

  @Test
  void allocatesNothingInASteadyState() {
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    Surrogate surrogate = ToyNeuron.surrogate();
    SurrogateBank bank = surrogate.open(new double[64][1], null);
    rows.reserveRows(64);
    for (int k = 0; k < 64; k++) {
      rows.instance[k] = k;
    }
    long period = run(bank, 0, 20_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    run(bank, period, 20_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // The measurement itself and the compiler's deoptimizations may cost a few objects, a step
    // none.
    assertTrue(allocated < 20_000, allocated + " bytes in 20,000 steps");
  }

  private long run(SurrogateBank bank, long from, int steps) {
    for (int s = 0; s < steps; s++) {
      rows.rows = s % 3 == 0 ? 0 : 64;
      for (int k = 0; k < rows.rows; k++) {
        rows.inputs[k] = (k + s) % 7 * 0.2 - 0.3;
      }
      bank.step(from + s, rows);
    }
    return from + steps;
  }
}
