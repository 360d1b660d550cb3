package io.understudy.server.session;

import static io.understudy.proto.v1.WireError.WIRE_ERROR_BAD_INPUT;
import static io.understudy.proto.v1.WireError.WIRE_ERROR_INTERNAL;
import static io.understudy.proto.v1.WireError.WIRE_ERROR_LIMIT;
import static io.understudy.proto.v1.WireError.WIRE_ERROR_PROTOCOL;
import static io.understudy.proto.v1.WireError.WIRE_ERROR_SEQUENCE;
import static io.understudy.proto.v1.WireError.WIRE_ERROR_TIMING;
import static io.understudy.proto.v1.WireError.WIRE_ERROR_UNKNOWN_BANK;
import static io.understudy.proto.v1.WireError.WIRE_ERROR_UNKNOWN_CIRCUIT;
import static io.understudy.server.TestModels.PULSE_PERIOD_FS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.proto.v1.FrameType;
import io.understudy.server.SumBackend;
import io.understudy.server.TestModels;
import io.understudy.server.frame.AnswerFrame;
import io.understudy.server.frame.BankSummary;
import io.understudy.server.frame.Hello;
import io.understudy.server.frame.Open;
import io.understudy.server.frame.Opened;
import io.understudy.server.frame.StepFrame;
import io.understudy.server.frame.Summary;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.StepRows;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
  private final SessionHarness harness = new SessionHarness();

  @Test
  void describesABank() {
    harness.hello();
    Opened row = harness.open(new Open(2, TestModels.HELD, "tb.r", ""));
    assertTrue(row.sharedInputs() && row.heldInputs());
    assertEquals(TestModels.HELD_PERIOD_FS, row.periodFs());
    assertEquals(3, row.inputs().get(0).elements());
    assertTrue(row.inputs().get(0).signed());
    assertEquals(0.00390625, row.outputs().get(0).lsb());
    Opened cell = harness.open(new Open(1, TestModels.PULSE, "tb.n", "instance,bias\n0,1"));
    assertEquals(1, cell.bank());
    assertTrue(cell.outputs().get(0).event());
    assertEquals(1, cell.outputs().get(0).bits());
  }

  @Test
  void answersTheRowsOfAStep() {
    harness.opened().pulses(7, 0, 0.25, 3, 0.5);
    harness.pulses(7 + 3 * PULSE_PERIOD_FS, 2, 1);
    StepRows rows = new StepRows(1, false);
    AnswerFrame.begin(harness.reply, 1);
    double energyJ = AnswerFrame.read(harness.reply, 0, SessionHarness.PULSE, rows);
    assertEquals(3 * SumBackend.EVENT_J, energyJ, 1e-30);
    assertEquals(1, rows.answers);
    assertEquals(2, rows.answered[0]);
    assertEquals(2.0, rows.output[0], "gain 1 by default + input 1");
    assertEquals(3002, rows.delayFs[0], "period 3, instance 2");
  }

  @Test
  void sumsEachBankUp() {
    harness.opened().pulses(0, 0, 1);
    harness.encodeClose(4 * PULSE_PERIOD_FS - 1);
    harness.expect(FrameType.FRAME_TYPE_SUMMARY_VALUE);
    List<BankSummary> banks = Summary.decode(harness.reply.bytes()).banks();
    assertEquals(2, banks.size());
    assertEquals(1, banks.get(0).crossings());
    assertEquals(3, banks.get(0).idlePeriods(), "whole periods before the end");
    assertEquals(0, banks.get(1).crossings());
  }

  @Test
  void tellsItsListener() {
    List<String> told = new ArrayList<>();
    SessionHarness watched =
        new SessionHarness(
            new SessionListener() {
              @Override
              public BankListener opened(BankOpening bank) {
                told.add("opened " + bank.path() + " " + bank.parameters()[0][1]);
                return bank.bank() == 0 ? recorder(told) : null;
              }

              @Override
              public void ended(long session, String client, SessionEnding ending, String reason) {
                told.add("ended " + client + " " + ending);
              }
            },
            SessionLimits.DEFAULT);
    watched.opened().pulses(0, 1, 0.25);
    watched.encodeClose(PULSE_PERIOD_FS);
    watched.expect(FrameType.FRAME_TYPE_SUMMARY_VALUE);
    watched.session.vanish();
    assertEquals(
        List.of(
            "opened tb.n 0.5",
            "opened tb.r 0.0",
            "event 1 0 E1",
            "step 0 0.25 1.25",
            "closed 1",
            "ended test CLOSED"),
        told);
  }

  private static BankListener recorder(List<String> told) {
    return new BankListener() {
      @Override
      public void step(long period, StepRows rows) {
        told.add("step " + period + " " + rows.inputs[0] + " " + rows.output[0]);
      }

      @Override
      public void closed(BankTotals totals) {
        told.add("closed " + totals.crossings);
      }

      @Override
      public void event(
          int instance,
          long step,
          EventKind kind,
          long periods,
          double output,
          double energyJ,
          double latencyS,
          double[] states) {
        told.add("event " + instance + " " + step + " " + kind);
      }
    };
  }

  @Test
  void refusesAStepBeforeHello() {
    harness.encodePulses(0, 0, 1);
    assertEquals("frame: STEP (expected: HELLO)", harness.refusal(WIRE_ERROR_PROTOCOL));
  }

  @Test
  void refusesASecondHello() {
    harness.hello();
    new Hello("again").encode(harness.request, 2);
    assertEquals(
        "frame: HELLO (expected: OPEN, STEP, SAVE, RESTORE or CLOSE)",
        harness.refusal(WIRE_ERROR_PROTOCOL));
  }

  @Test
  void refusesFramesAfterTheEnd() {
    harness.opened().encodeClose(0);
    harness.expect(FrameType.FRAME_TYPE_SUMMARY_VALUE);
    harness.encodePulses(0, 0, 1);
    assertEquals(
        "frame: STEP (expected: nothing after the session's end)",
        harness.refusal(WIRE_ERROR_PROTOCOL));
  }

  @Test
  void refusesASequenceWithAGap() {
    harness.opened().sequence++;
    harness.encodePulses(0, 0, 1);
    assertEquals("STEP frame's sequence: 5 (expected: 4)", harness.refusal(WIRE_ERROR_SEQUENCE));
  }

  @Test
  void refusesAnUnknownCircuitAndNamesThoseThatExist() {
    harness.hello();
    new Open(1, "../pulse_cell", "tb.x", "").encode(harness.request, ++harness.sequence);
    assertEquals(
        "tb.x: circuit: ../pulse_cell (expected: one of [held_row, pulse_cell])",
        harness.refusal(WIRE_ERROR_UNKNOWN_CIRCUIT));
  }

  @Test
  void refusesTooManyInstances() {
    harness.hello();
    new Open(4_000_000_000L, TestModels.HELD, "tb.x", "")
        .encode(harness.request, ++harness.sequence);
    assertEquals(
        "tb.x: instances: 4000000000 (expected: at most 1048576)",
        harness.refusal(WIRE_ERROR_LIMIT));
  }

  @Test
  void refusesMoreInstancesInAllThanASessionMayHave() {
    SessionHarness small = new SessionHarness(SessionListener.NONE, new SessionLimits(5, 7, 9));
    small.opened();
    new Open(2, TestModels.HELD, "tb.x", "").encode(small.request, ++small.sequence);
    assertEquals("session's instances: 8 (expected: at most 7)", small.refusal(WIRE_ERROR_LIMIT));
  }

  @Test
  void refusesNoInstances() {
    harness.hello();
    new Open(0, TestModels.HELD, "tb.x", "").encode(harness.request, ++harness.sequence);
    assertEquals("tb.x: instances: 0 (expected: at least 1)", harness.refusal(WIRE_ERROR_PROTOCOL));
  }

  @Test
  void refusesAnUnknownBank() {
    harness.opened();
    StepFrame.start(harness.request, ++harness.sequence, 0, 1);
    StepFrame.append(harness.request, 2, SessionHarness.PULSE, new StepRows(1, false));
    harness.request.finish();
    assertEquals("bank: 2 (expected: 0 to 1)", harness.refusal(WIRE_ERROR_UNKNOWN_BANK));
  }

  @Test
  void refusesAnInstanceOutOfRange() {
    harness.opened().encodePulses(0, 1, 0.5, 4, 0.5);
    assertEquals(
        "tb.n: instance: 4 (expected: 2 to 3, in ascending order)",
        harness.refusal(WIRE_ERROR_BAD_INPUT));
  }

  @Test
  void refusesAnInstanceTwice() {
    harness.opened().encodePulses(0, 1, 0.5, 1, 0.5);
    assertEquals(
        "tb.n: instance: 1 (expected: 2 to 3, in ascending order)",
        harness.refusal(WIRE_ERROR_BAD_INPUT));
  }

  @Test
  void refusesMoreRowsThanInstances() {
    harness.opened().encodePulses(0, 0, 1, 1, 1, 2, 1, 3, 1, 4, 1);
    assertEquals("tb.n: rows: 5 (expected: at most 4)", harness.refusal(WIRE_ERROR_BAD_INPUT));
  }

  @Test
  void refusesAllInstancesWithFewerRows() {
    harness.opened().encodePulses(0, 0, 1, 1, 1, 2, 1, 3, 1);
    harness.request.bytes().putInt(36, 3);
    assertEquals(
        "tb.n: rows: 3 (expected: all 4 instances)", harness.refusal(WIRE_ERROR_BAD_INPUT));
  }

  @Test
  void refusesTheInputsOfFewerRowsThanAnnounced() {
    harness.opened().encodePulses(0, 0, 1);
    harness.request.bytes().putInt(36, 2);
    assertTrue(harness.refusal(WIRE_ERROR_PROTOCOL).startsWith("STEP frame: 64 bytes (expected"));
  }

  @Test
  void refusesBytesAfterTheLastSection() {
    harness.opened().encodePulses(0, 0, 1);
    harness.request.bytes().putInt(24, 0);
    assertEquals("STEP frame: 64 bytes (expected: 32)", harness.refusal(WIRE_ERROR_PROTOCOL));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesAnInputThatIsNotFinite(double value) {
    harness.opened().encodePulses(0, 1, 0.5, 3, value);
    assertEquals(
        "tb.n: instance 3: input charge: " + value + " (expected: a finite number)",
        harness.refusal(WIRE_ERROR_BAD_INPUT));
  }

  @Test
  void refusesSharedInputsForSomeOfABank() {
    harness.opened();
    encodeHeld(1, 0);
    assertEquals(
        "tb.r: rows: 1 (expected: 0 or all 2 instances, as they share their inputs)",
        harness.refusal(WIRE_ERROR_BAD_INPUT));
  }

  @Test
  void refusesASharedInputThatIsNotFinite() {
    harness.opened();
    encodeHeld(2, Double.NaN);
    assertEquals(
        "tb.r: input in3: NaN (expected: a finite number)", harness.refusal(WIRE_ERROR_BAD_INPUT));
  }

  /** A step of the held bank's first rows, the third of the shared inputs as given. */
  private void encodeHeld(int count, double third) {
    StepRows rows = new StepRows(3, true);
    rows.reserveRows(count);
    for (int i = 0; i < count; i++) {
      rows.instance[i] = i;
    }
    rows.rows = count;
    rows.inputs[2] = third;
    StepFrame.start(harness.request, ++harness.sequence, 0, 1);
    StepFrame.append(harness.request, 1, SessionHarness.HELD, rows);
    harness.request.finish();
  }

  @Test
  void refusesATimeOffTheGrid() {
    harness.opened().pulses(10, 0, 1);
    harness.encodePulses(11 + PULSE_PERIOD_FS, 0, 1);
    assertEquals(
        "tb.n: time: 5000011 fs (expected: whole periods of 5000000 fs after 10 fs)",
        harness.refusal(WIRE_ERROR_TIMING));
  }

  @Test
  void refusesASecondSectionInAPeriod() {
    harness.opened().pulses(10, 0, 1);
    harness.encodePulses(10, 0, 1);
    assertEquals(
        "tb.n: section: a second one at 10 fs (expected: one a period)",
        harness.refusal(WIRE_ERROR_TIMING));
  }

  @Test
  void refusesTimeThatRunsBackwards() {
    harness.opened().pulses(PULSE_PERIOD_FS, 0, 1);
    harness.encodePulses(0, 0, 1);
    assertEquals("time: 0 fs (expected: at least 5000000 fs)", harness.refusal(WIRE_ERROR_TIMING));
  }

  @Test
  void refusesACloseBeforeTheLastStep() {
    harness.opened().pulses(PULSE_PERIOD_FS, 0, 1);
    harness.encodeClose(1);
    assertEquals("time: 1 fs (expected: at least 5000000 fs)", harness.refusal(WIRE_ERROR_TIMING));
  }

  @Test
  void namesTheBankOfAnEventThatCannotBeEvaluated() {
    harness.opened().encodePulses(0, 2, SumBackend.POISON);
    assertEquals("tb.n: instance 2: poison (expected: food)", harness.refusal(WIRE_ERROR_INTERNAL));
  }

  @Test
  void turnsADefectIntoAnError() {
    harness.opened().encodePulses(0, 2, SumBackend.CRASH);
    assertTrue(harness.refusal(WIRE_ERROR_INTERNAL).contains("a defect"));
  }
}
