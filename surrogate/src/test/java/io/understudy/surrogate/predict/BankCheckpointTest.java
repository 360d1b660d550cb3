package io.understudy.surrogate.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.understudy.surrogate.event.EvaluationException;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.StepRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A bank that goes on from a checkpoint gives the same bits; its ledger is the sum of its events.
 */
class BankCheckpointTest {
  private static final int INSTANCES = 9;
  private static final int PERIODS = 400;

  private final double[] ledgerJ = new double[2];

  private SurrogateBank open() {
    return ToyNeuron.surrogate()
        .open(
            new double[INSTANCES][1],
            (instance, step, kind, periods, output, energyJ, latencyS, states) ->
                ledgerJ[kind == EventKind.E3 ? 1 : 0] += energyJ);
  }

  /** Steps of seeded inputs; about a third of the instances has one. */
  private static StepRows rows(long period) {
    Random random = new Random(period);
    StepRows rows = new StepRows(1, false);
    rows.reserveRows(INSTANCES);
    for (int i = 0; i < INSTANCES; i++) {
      if (random.nextInt(3) == 0) {
        rows.instance[rows.rows] = i;
        rows.inputs[rows.rows++] = random.nextDouble();
      }
    }
    return rows;
  }

  private static ByteBuffer saved(SurrogateBank bank) {
    ByteBuffer bytes = ByteBuffer.allocate((int) bank.savedBytes()).order(ByteOrder.LITTLE_ENDIAN);
    bank.save(bytes);
    assertEquals(0, bytes.remaining());
    return bytes.flip();
  }

  @Test
  void goesOnWithTheSameBitsFromACheckpointAtAnyPeriod() {
    SurrogateBank straight = open();
    SurrogateBank moved = open();
    for (int period = 0; period < PERIODS; period++) {
      SurrogateBank fresh = open();
      fresh.restore(saved(moved));
      moved = fresh;
      StepRows one = rows(period);
      StepRows other = rows(period);
      straight.step(period, one);
      moved.step(period, other);
      assertEquals(one.answers, other.answers);
      for (double[][] pair :
          new double[][][] {
            {one.output, other.output},
            {one.eventEnergyJ, other.eventEnergyJ},
            {one.idleEnergyJ, other.idleEnergyJ}
          }) {
        assertEquals(
            0,
            Arrays.compare(pair[0], 0, one.answers, pair[1], 0, one.answers),
            "period " + period);
      }
      assertEquals(saved(straight), saved(moved));
    }
    straight.close(PERIODS);
    moved.close(PERIODS);
    assertEquals(saved(straight), saved(moved));
  }

  @Test
  void refusesACheckpointThatIsCut() {
    SurrogateBank bank = open();
    bank.step(0, rows(1));
    ByteBuffer whole = saved(bank);
    for (int bytes = 0; bytes < whole.limit(); bytes++) {
      ByteBuffer cut = whole.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(0).limit(bytes);
      assertThrows(EvaluationException.class, () -> open().restore(cut));
    }
  }

  @Test
  void sumsTheEnergiesOfItsEventsExactlyWithEveryIdleStretchClosed() {
    SurrogateBank bank = open();
    long inputs = 0;
    for (int period = 0; period < PERIODS; period++) {
      StepRows rows = rows(period);
      bank.step(period, rows);
      inputs += rows.rows;
    }
    bank.close(PERIODS);
    assertEquals(ledgerJ[0], bank.totals().dynamicJ);
    assertEquals(ledgerJ[1], bank.totals().staticJ);
    assertEquals(ledgerJ[0] + ledgerJ[1], bank.totals().energyJ());
    assertEquals((long) INSTANCES * PERIODS, inputs + bank.totals().idlePeriods);
  }
}
