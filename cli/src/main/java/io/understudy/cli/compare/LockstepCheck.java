package io.understudy.cli.compare;

import io.understudy.characterizer.GoldenReplay;
import io.understudy.characterizer.ProgressListener;
import io.understudy.characterizer.lockstep.LockstepOptions;
import io.understudy.characterizer.lockstep.LockstepSimulator;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.compare.EventCollector;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.event.Stimulus;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * ngspice in lock step against one uninterrupted run of ngspice, both on one core, one instance
 * after the other, with the same inputs.
 *
 * @param instances how many
 * @param lockstepS wall time in s
 * @param batchS likewise
 * @param timeRatio lock step by batch
 * @param stateRmsV by state, in V
 * @param energyError mean of the runs' |error| / |energy|
 */
record LockstepCheck(
    int instances,
    double lockstepS,
    double batchS,
    double timeRatio,
    Map<String, Double> stateRmsV,
    double energyError) {
  static LockstepCheck of(
      CircuitFolder folder, Stimulus stimulus, long steps, LockstepOptions options) {
    EventCollector batch = new EventCollector();
    EventCollector lockstep = new EventCollector();
    long lockstepNs = 0;
    long batchNs = 0;
    try (LockstepSimulator simulator = LockstepSimulator.start(options.withJobs(1))) {
      for (int k = 0; k < stimulus.instances().size(); k++) {
        int index = k;
        Stimulus.Instance instance = stimulus.instances().get(k);
        long start = System.nanoTime();
        GoldenReplay.run(
            folder,
            new Stimulus(List.of(instance)),
            steps,
            options.accuracy(),
            1,
            (i, step, kind, periods, output, energyJ, latencyS, states) ->
                batch.event(index, step, kind, periods, output, energyJ, latencyS, states),
            ProgressListener.NONE);
        long middle = System.nanoTime();
        play(simulator, folder, instance, index, steps, lockstep);
        batchNs += middle - start;
        lockstepNs += System.nanoTime() - middle;
      }
    }
    EventErrors errors =
        EventErrors.of(folder.circuit(), EventPair.pair(batch.events(), lockstep.events()));
    return new LockstepCheck(
        stimulus.instances().size(),
        lockstepNs * 1e-9,
        batchNs * 1e-9,
        (double) lockstepNs / batchNs,
        errors.stateRmseV(),
        errors.energyRunMean());
  }

  private static void play(
      LockstepSimulator simulator,
      CircuitFolder folder,
      Stimulus.Instance instance,
      int index,
      long steps,
      EventCollector events) {
    Circuit circuit = folder.circuit();
    double[] parameters = instance.parameters().stream().mapToDouble(p -> p).toArray();
    BankEvaluator bank =
        simulator.open(
            folder,
            new double[][] {parameters},
            (i, step, kind, periods, output, energyJ, latencyS, states) ->
                events.event(index, step, kind, periods, output, energyJ, latencyS, states));
    StepRows rows = new StepRows(circuit.inputColumns().size(), circuit.hasSharedInputs());
    rows.reserveRows(1);
    int next = 0;
    for (long step = 0; step < steps; step++) {
      boolean input = next < instance.rows().size() && instance.rows().get(next).step() == step;
      rows.rows = input ? 1 : 0;
      if (input) {
        List<Double> values = instance.rows().get(next++).values();
        for (int k = 0; k < values.size(); k++) {
          rows.inputs[k] = values.get(k);
        }
      }
      bank.step(step, rows);
    }
    bank.close(steps);
  }

  /** For people. */
  String text() {
    return String.format(
        Locale.ROOT,
        "lock step against uninterrupted ngspice, %d instances: %.2f s and %.2f s, ratio %.2f;"
            + " state RMS %.3g mV, energy %.3g %%",
        instances,
        lockstepS,
        batchS,
        timeRatio,
        1e3 * stateRmsV.values().stream().mapToDouble(v -> v).max().orElse(0),
        100 * energyError);
  }
}
