package io.understudy.server.backend.surrogate;

import io.understudy.server.registry.ModelEntry;
import io.understudy.server.session.BankBackend;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.EventListener;
import io.understudy.surrogate.predict.EvaluationCrew;

/** Answers banks with the surrogates that the registry has loaded. */
public final class SurrogateBackend implements BankBackend {
  private final EvaluationCrew crewOrNull;

  /** Each bank is evaluated by the thread that asks. */
  public SurrogateBackend() {
    this(null);
  }

  /**
   * @param crewOrNull shares the evaluation of large steps; stays the caller's, who closes it
   */
  public SurrogateBackend(EvaluationCrew crewOrNull) {
    this.crewOrNull = crewOrNull;
  }

  @Override
  public BankEvaluator open(
      ModelEntry model, int instances, double[][] parameters, EventListener listenerOrNull) {
    return model.surrogate().open(parameters, listenerOrNull, crewOrNull);
  }
}
