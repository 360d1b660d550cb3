package io.understudy.surrogate.event;

/**
 * Is told of every event of a bank when it is complete; the arrays are the caller's and only valid
 * within the call.
 */
@FunctionalInterface
public interface EventListener {
  /**
   * @param instance the instance
   * @param step first period of the event, counted from the bank's first
   * @param kind its kind
   * @param periods its length: 1 for E1 and E2
   * @param output volts at its end, or the number of output events in it
   * @param energyJ its energy in J
   * @param latencyS latency of its output after its start in s; NaN where there is none
   * @param states at its end, in the circuit's order
   */
  void event(
      int instance,
      long step,
      EventKind kind,
      long periods,
      double output,
      double energyJ,
      double latencyS,
      double[] states);
}
