package io.understudy.cli.golden;

import io.understudy.characterizer.lockstep.LockstepSimulator;
import io.understudy.server.registry.ModelEntry;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.EventListener;

/** Answers banks with ngspice itself, in lock step with the simulator. */
final class NgspiceBackend implements GoldenBackend {
  private final LockstepSimulator simulator;

  NgspiceBackend(LockstepSimulator simulator) {
    this.simulator = simulator;
  }

  @Override
  public BankEvaluator open(
      ModelEntry model, int instances, double[][] parameters, EventListener listenerOrNull) {
    return simulator.open(model.folder(), parameters, listenerOrNull);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
