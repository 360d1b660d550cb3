package io.understudy.characterizer.lockstep;

import io.understudy.characterizer.deck.Corners;
import io.understudy.characterizer.extract.EventExtractor;
import io.understudy.characterizer.extract.GoldenEvent;
import io.understudy.characterizer.ngspice.Waveforms;
import io.understudy.characterizer.stimulus.InputSchedule.Interval;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.EventKind;
import java.math.BigDecimal;
import java.util.List;

/**
 * One instance: its transient up to some period, and the idle stretch that has not ended yet. An
 * idle stretch is simulated no sooner than somebody asks.
 */
final class LockstepInstance implements AutoCloseable {
  /** An idle stretch is simulated in parts, so that its points need not be kept. */
  private static final long IDLE_PART_PERIODS = 256;

  private static final long TIMEOUT_BASE_MS = 60_000;
  private static final long TIMEOUT_A_PERIOD_MS = 1_000;

  private final Circuit circuit;
  private final NgspiceProcess process;
  private double[] driven;
  private long reached;

  /** The idle stretch so far, and up to the period before its last; null if there is none. */
  private GoldenEvent idle;

  private GoldenEvent idleBefore;

  LockstepInstance(Circuit circuit, NgspiceProcess process) {
    this.circuit = circuit;
    this.process = process;
    this.driven = Corners.initial(circuit);
  }

  /** How long the operating point may take. */
  static long startTimeoutMs() {
    return TIMEOUT_BASE_MS;
  }

  /** The period up to which it is simulated. */
  long reached() {
    return reached;
  }

  /** The deck, for messages. */
  NgspiceProcess process() {
    return process;
  }

  /** Idles to the start of a period; returns the output events on the way there. */
  double idleTo(long period) {
    double outputs = 0;
    while (reached < period) {
      GoldenEvent part = idle(Math.min(period - reached, IDLE_PART_PERIODS));
      outputs += circuit.hasEventOutput() ? part.output() : 0;
    }
    return outputs;
  }

  /** Idles for one period; returns it alone. */
  GoldenEvent idlePeriod() {
    return idle(1);
  }

  private GoldenEvent idle(long periods) {
    Interval interval = new Interval(reached, periods, false, List.of(), List.of());
    GoldenEvent part = simulate(interval, Corners.idle(startFs(reached), driven));
    idleBefore = idle;
    idle = idle == null ? part : joined(idle, part);
    return part;
  }

  /**
   * Ends the idle stretch at a period's start, which may lie one period before what is simulated;
   * returns it, null if there is none.
   */
  GoldenEvent endIdle(long period) {
    GoldenEvent ended = reached > period ? idleBefore : idle;
    idle = null;
    idleBefore = null;
    return ended;
  }

  /**
   * Simulates the period that comes with these inputs; the idle stretch before it has ended.
   *
   * @param inputs a value for each of the circuit's input columns
   */
  GoldenEvent input(double[] inputs) {
    Interval interval = new Interval(reached, 1, true, List.of(), List.of());
    Corners corners = Corners.input(circuit, startFs(reached), driven, inputs);
    GoldenEvent event = simulate(interval, corners);
    driven = Corners.after(circuit, inputs);
    return event;
  }

  private GoldenEvent simulate(Interval interval, Corners corners) {
    long end = interval.step() + interval.periods();
    double endS = BigDecimal.valueOf(startFs(end), 15).doubleValue();
    long timeoutMs = TIMEOUT_BASE_MS + interval.periods() * TIMEOUT_A_PERIOD_MS;
    Waveforms waveforms = process.advance(corners, endS, timeoutMs);
    reached = end;
    return EventExtractor.extract(circuit, interval, waveforms);
  }

  private long startFs(long period) {
    return Math.multiplyExact(circuit.periodFs(), period);
  }

  /** Two parts of one idle stretch as one. */
  private GoldenEvent joined(GoldenEvent first, GoldenEvent second) {
    double latencyS = first.latencyS();
    if (Double.isNaN(latencyS)) {
      latencyS = first.interval().periods() * circuit.clock().periodS() + second.latencyS();
    }
    double[] alsoJ = first.alsoJ().clone();
    for (int k = 0; k < alsoJ.length; k++) {
      alsoJ[k] += second.alsoJ()[k];
    }
    long periods = first.interval().periods() + second.interval().periods();
    return new GoldenEvent(
        EventKind.E3,
        new Interval(first.interval().step(), periods, false, List.of(), List.of()),
        first.statesStart(),
        circuit.hasEventOutput() ? first.output() + second.output() : second.output(),
        latencyS,
        first.energyJ() + second.energyJ(),
        alsoJ,
        first.referenceJ() + second.referenceJ(),
        second.statesEnd());
  }

  @Override
  public void close() {
    process.close();
  }
}
