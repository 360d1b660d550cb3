package io.understudy.server.session;

import io.understudy.server.registry.ModelEntry;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.EventListener;

/** What answers a session's banks. */
@FunctionalInterface
public interface BankBackend {
  /**
   * Makes a bank. Banks are used from one thread at a time, different ones at once.
   *
   * @param model the circuit
   * @param instances instances in the bank, at least 1
   * @param parameters the checked values of each instance, in the order of the circuit's parameter
   *     columns; rows may be shared and must not be written to
   * @param listenerOrNull is told of each event, or null
   */
  BankEvaluator open(
      ModelEntry model, int instances, double[][] parameters, EventListener listenerOrNull);
}
