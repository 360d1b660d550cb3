package io.understudy.server.session;

import io.understudy.proto.v1.WireError;
import io.understudy.server.frame.BankShape;
import io.understudy.server.frame.BankSummary;
import io.understudy.server.frame.FrameException;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EvaluationException;
import io.understudy.surrogate.event.OutsideRange;
import io.understudy.surrogate.event.StepRows;

/** One bank of a session: its place on the clock grid, its rows, and what evaluates them. */
final class Bank {
  private static final long NONE = -1;

  private final int number;
  private final Circuit circuit;
  private final BankShape shape;
  private final StepRows rows;
  private final BankEvaluator evaluator;
  private final BankListener listener;
  private final BankMeter meter = new BankMeter();
  private final long periodFs;
  private long firstTimeFs;
  private boolean wasOutside;
  private long lastPeriod = NONE;

  /**
   * @param listener or null
   */
  Bank(
      int number,
      Circuit circuit,
      BankShape shape,
      BankEvaluator evaluator,
      BankListener listener) {
    this.number = number;
    this.circuit = circuit;
    this.shape = shape;
    this.evaluator = evaluator;
    this.listener = listener;
    this.rows = new StepRows(shape.inputWidth(), shape.sharedInputs());
    this.periodFs = circuit.periodFs();
  }

  int number() {
    return number;
  }

  BankShape shape() {
    return shape;
  }

  StepRows rows() {
    return rows;
  }

  double energyJ() {
    return evaluator.totals().energyJ();
  }

  /** Takes a section's time: the first fixes the grid, later ones must lie on it, one a period. */
  void advance(long timeFs) {
    if (lastPeriod == NONE) {
      firstTimeFs = timeFs;
      lastPeriod = 0;
      return;
    }
    long sinceFirst = timeFs - firstTimeFs;
    if (sinceFirst % periodFs != 0) {
      throw FrameException.of(
          WireError.WIRE_ERROR_TIMING,
          shape.path() + ": time",
          timeFs + " fs",
          "whole periods of " + periodFs + " fs after " + firstTimeFs + " fs");
    }
    long period = sinceFirst / periodFs;
    if (period <= lastPeriod) {
      throw FrameException.of(
          WireError.WIRE_ERROR_TIMING,
          shape.path() + ": section",
          "a second one at " + timeFs + " fs",
          "one a period");
    }
    lastPeriod = period;
  }

  /** What people should know of the last step: the first quantity outside training; or null. */
  String notice() {
    OutsideRange first = evaluator.totals().firstOutside;
    return first == null || wasOutside ? null : first.text();
  }

  /** Evaluates the rows that were read. */
  void evaluate() {
    wasOutside = evaluator.totals().firstOutside != null;
    checkShared();
    checkFinite();
    rows.answers = 0;
    try {
      evaluator.step(lastPeriod, rows);
    } catch (EvaluationException e) {
      throw failure(e);
    }
    if (listener != null) {
      listener.step(lastPeriod, rows);
    }
  }

  /** Tells the meter what the last step brought. */
  void count(SessionMeter of) {
    meter.step(evaluator.totals(), rows, of);
  }

  /** Ends the bank at the end of the simulation; sums it up. */
  BankSummary close(long timeFs) {
    long periods = lastPeriod == NONE ? 0 : (timeFs - firstTimeFs) / periodFs;
    try {
      evaluator.close(periods);
    } catch (EvaluationException e) {
      throw failure(e);
    }
    BankTotals totals = evaluator.totals();
    if (listener != null) {
      listener.closed(totals);
    }
    return new BankSummary(
        number,
        shape.instances(),
        totals.crossings,
        totals.e1,
        totals.e2,
        totals.e3,
        totals.idlePeriods,
        totals.outputs,
        totals.energyJ(),
        totals.dynamicJ,
        totals.staticJ,
        totals.meanLatencyS(),
        totals.latencyMaxS,
        totals.flagged,
        totals.outside);
  }

  /** Frees what it holds, whatever ended the session. */
  void release() {
    evaluator.release();
  }

  private FrameException failure(EvaluationException e) {
    return new FrameException(WireError.WIRE_ERROR_INTERNAL, shape.path() + ": " + e.getMessage());
  }

  /** Inputs that are shared reach all instances at once. */
  private void checkShared() {
    if (shape.sharedInputs() && rows.rows != 0 && rows.rows != shape.instances()) {
      throw FrameException.of(
          WireError.WIRE_ERROR_BAD_INPUT,
          shape.path() + ": rows",
          rows.rows,
          "0 or all " + shape.instances() + " instances, as they share their inputs");
    }
  }

  private void checkFinite() {
    int values = shape.sharedInputs() ? Math.min(rows.rows, 1) : rows.rows;
    values *= shape.inputWidth();
    double[] inputs = rows.inputs;
    for (int i = 0; i < values; i++) {
      if (!(Math.abs(inputs[i]) <= Double.MAX_VALUE)) {
        throw notFinite(i);
      }
    }
  }

  private FrameException notFinite(int at) {
    String name = circuit.inputColumns().get(at % shape.inputWidth());
    String instance =
        shape.sharedInputs() ? "" : "instance " + rows.instance[at / shape.inputWidth()] + ": ";
    return FrameException.of(
        WireError.WIRE_ERROR_BAD_INPUT,
        shape.path() + ": " + instance + "input " + name,
        rows.inputs[at],
        "a finite number");
  }
}
