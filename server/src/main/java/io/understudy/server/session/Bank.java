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
import io.understudy.surrogate.event.Restorable;
import io.understudy.surrogate.event.StepRows;
import java.nio.ByteBuffer;

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
  private final long identity;
  private long firstTimeFs;
  private boolean wasOutside;
  private long lastPeriod = NONE;

  /**
   * @param listener or null
   * @param identity of the model
   */
  Bank(
      int number,
      Circuit circuit,
      BankShape shape,
      BankEvaluator evaluator,
      BankListener listener,
      long identity) {
    this.number = number;
    this.circuit = circuit;
    this.shape = shape;
    this.evaluator = evaluator;
    this.listener = listener;
    this.identity = identity;
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

  /** Bytes of the evaluator's state. */
  long savedBytes() {
    return restorable("saved").savedBytes();
  }

  private Restorable restorable(String what) {
    if (evaluator instanceof Restorable restorable) {
      return restorable;
    }
    throw SessionCheckpoint.wrong(
        shape.path() + ": backend", "its state cannot be " + what, "a surrogate");
  }

  /** Writes the model's identity, the place on the grid and the evaluator's state. */
  void save(ByteBuffer into) {
    Restorable state = restorable("saved");
    long bytes = state.savedBytes();
    into.putLong(identity).putLong(firstTimeFs).putLong(lastPeriod).putLong(bytes);
    int end = into.position() + (int) bytes;
    state.save(into);
    if (into.position() != end) {
      throw new IllegalStateException(
          shape.path() + ": saved up to " + into.position() + " (expected: " + end + ")");
    }
  }

  /** Reads what {@link #save} wrote of a bank of the same model. */
  void restore(ByteBuffer from) {
    if (from.remaining() < 4 * Long.BYTES) {
      throw SessionCheckpoint.wrong(shape.path() + ": checkpoint", "its end", "a bank's state");
    }
    long saved = from.getLong();
    if (saved != identity) {
      throw FrameException.of(
          WireError.WIRE_ERROR_MODEL,
          shape.path() + ": model",
          ModelIdentity.text(circuit.name(), identity),
          ModelIdentity.text(circuit.name(), saved) + ", with which the session began");
    }
    Restorable state = restorable("restored");
    firstTimeFs = from.getLong();
    lastPeriod = from.getLong();
    long bytes = from.getLong();
    if (lastPeriod < NONE || bytes < 0 || bytes > from.remaining()) {
      throw SessionCheckpoint.wrong(
          shape.path() + ": checkpoint", bytes + " bytes", "0 to " + from.remaining());
    }
    ByteBuffer part = from.slice(from.position(), (int) bytes).order(from.order());
    from.position(from.position() + (int) bytes);
    state.restore(part);
    meter.restored(evaluator.totals());
    wasOutside = evaluator.totals().firstOutside != null;
    if (part.hasRemaining()) {
      throw SessionCheckpoint.wrong(
          shape.path() + ": checkpoint", part.remaining() + " bytes too many", "none");
    }
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
    // Finite times 0 is 0, and anything else is not a number: four sums without a branch each.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int whole = values & ~3;
    for (int i = 0; i < whole; i += 4) {
      a += inputs[i] * 0;
      b += inputs[i + 1] * 0;
      c += inputs[i + 2] * 0;
      d += inputs[i + 3] * 0;
    }
    for (int i = whole; i < values; i++) {
      a += inputs[i] * 0;
    }
    if (a + b + c + d != 0) {
      throw notFinite(firstNotFinite(values));
    }
  }

  private int firstNotFinite(int values) {
    int at = 0;
    while (at < values - 1 && Double.isFinite(rows.inputs[at])) {
      at++;
    }
    return at;
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
