package io.understudy.cli.golden;

import io.understudy.characterizer.lockstep.LockstepOptions;
import io.understudy.characterizer.lockstep.LockstepSimulator;
import io.understudy.cli.Home;
import io.understudy.server.registry.ModelEntry;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.EventListener;

/** Answers banks with ngspice itself, in lock step with the simulator. */
public final class NgspiceBackend implements GoldenBackend {
  /** A session that ngspice answers waits longer: a long idle stretch is simulated when it ends. */
  public static final int TIMEOUT_MS = 3_600_000;

  private final LockstepSimulator simulator;

  /** Starts it with all cores and the circuits' own accuracy. */
  public static NgspiceBackend start() {
    return new NgspiceBackend(LockstepSimulator.start(LockstepOptions.of(Home.lockstepDriver())));
  }

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
