package io.understudy.server.backend.surrogate;

import io.understudy.server.registry.ModelEntry;
import io.understudy.server.session.BankBackend;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.EventListener;

/** Answers banks with the surrogates that the registry has loaded. */
public final class SurrogateBackend implements BankBackend {
  @Override
  public BankEvaluator open(
      ModelEntry model, int instances, double[][] parameters, EventListener listenerOrNull) {
    return model.surrogate().open(parameters, listenerOrNull);
  }
}
