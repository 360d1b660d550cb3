package io.understudy.surrogate.compare;

import io.understudy.surrogate.event.EventKind;

/**
 * One event as it was, golden or predicted.
 *
 * @param run run or instance to which it belongs
 * @param step first period
 * @param kind its kind
 * @param periods its length
 * @param output volts at its end, or number of output events
 * @param energyJ energy in J
 * @param latencyS of its output after its start in s; NaN where there is none
 * @param states at its end in V
 */
public record EventRecord(
    int run,
    long step,
    EventKind kind,
    long periods,
    double output,
    double energyJ,
    double latencyS,
    double[] states) {
  /** The same of another run. */
  public EventRecord of(int other) {
    return new EventRecord(other, step, kind, periods, output, energyJ, latencyS, states);
  }
}
