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
  private GoldenEvent idle;

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

  /** Idles to the start of a period; returns the idle stretch so far, null if there is none. */
  GoldenEvent idleTo(long period) {
    while (reached < period) {
      long part = Math.min(period - reached, IDLE_PART_PERIODS);
      Interval interval = new Interval(reached, part, false, List.of(), List.of());
      GoldenEvent event = simulate(interval, Corners.idle(startFs(reached), driven));
      idle = idle == null ? event : joined(idle, event);
    }
    return idle;
  }

  /** Ends the idle stretch; returns it, null if there is none. */
  GoldenEvent endIdle() {
    GoldenEvent ended = idle;
    idle = null;
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
