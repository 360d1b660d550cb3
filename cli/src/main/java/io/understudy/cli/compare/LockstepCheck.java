package io.understudy.cli.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.characterizer.GoldenReplay;
import io.understudy.characterizer.ProgressListener;
import io.understudy.characterizer.lockstep.LockstepOptions;
import io.understudy.characterizer.lockstep.LockstepSimulator;
import io.understudy.characterizer.ngspice.ChildCpuTime;
import io.understudy.surrogate.circuit.Characterization;
import io.understudy.surrogate.circuit.Characterization.Accuracy;
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
import java.util.stream.IntStream;

/**
 * ngspice in lock step against one uninterrupted run of ngspice with the same inputs, one instance
 * after the other. CPU times are those of ngspice's processes.
 *
 * @param instances how many
 * @param lockstepS wall time in s, with what is made of ngspice's points
 * @param batchS likewise
 * @param lockstepCpuS CPU time in s
 * @param batchCpuS likewise
 * @param cpuRatio lock step by batch
 * @param stateRmsV by state, in V, over the ends of all events of all instances
 * @param worstInstance the instance with the largest deviation of its states
 * @param worstRmsV its largest by state, in V
 * @param energyError mean of the runs' |error| / |energy|
 * @param ofTighter how far both are from uninterrupted runs at the accuracy by which the circuit
 *     checks ngspice; null where it states none
 */
record LockstepCheck(
    int instances,
    double lockstepS,
    double batchS,
    double lockstepCpuS,
    double batchCpuS,
    double cpuRatio,
    Map<String, Double> stateRmsV,
    int worstInstance,
    double worstRmsV,
    double energyError,
    @JsonInclude(JsonInclude.Include.NON_NULL) Tighter ofTighter) {
  /**
   * The largest state RMS, by state and over all instances, against tighter runs.
   *
   * @param lockstepRmsV in V
   * @param batchRmsV likewise: what ngspice itself is undecided about
   */
  record Tighter(double lockstepRmsV, double batchRmsV) {}

  /** What a piece of work cost: wall time, and CPU time of the processes that it ended. */
  private record Cost(double wallS, double cpuS) {
    static Cost of(Runnable work) {
      long startNs = System.nanoTime();
      double before = ChildCpuTime.readS();
      work.run();
      return new Cost((System.nanoTime() - startNs) * 1e-9, ChildCpuTime.readS() - before);
    }
  }

  static LockstepCheck of(
      CircuitFolder folder, Stimulus stimulus, long steps, LockstepOptions options) {
    EventCollector batch = new EventCollector();
    Cost batchCost =
        Cost.of(
            () ->
                GoldenReplay.run(
                    folder, stimulus, steps, options.accuracy(), 1, batch, ProgressListener.NONE));
    EventCollector lockstep = new EventCollector();
    Cost lockstepCost =
        Cost.of(
            () -> {
              try (LockstepSimulator simulator = LockstepSimulator.start(options.withJobs(1))) {
                for (int k = 0; k < stimulus.instances().size(); k++) {
                  play(simulator, folder, stimulus.instances().get(k), k, steps, lockstep);
                }
              }
            });
    List<EventPair> pairs = EventPair.pair(batch.events(), lockstep.events());
    EventErrors errors = EventErrors.of(folder.circuit(), pairs);
    double[] byInstance =
        IntStream.range(0, stimulus.instances().size())
            .mapToDouble(k -> largestRmsV(folder.circuit(), pairs, k))
            .toArray();
    int worst =
        IntStream.range(0, byInstance.length)
            .reduce(0, (a, b) -> byInstance[b] > byInstance[a] ? b : a);
    return new LockstepCheck(
        byInstance.length,
        lockstepCost.wallS,
        batchCost.wallS,
        lockstepCost.cpuS,
        batchCost.cpuS,
        lockstepCost.cpuS / batchCost.cpuS,
        errors.stateRmseV(),
        stimulus.instances().get(worst).number(),
        byInstance[worst],
        errors.energyRunMean(),
        ofTighter(folder, stimulus, steps, batch, lockstep));
  }

  private static Tighter ofTighter(
      CircuitFolder folder,
      Stimulus stimulus,
      long steps,
      EventCollector batch,
      EventCollector lockstep) {
    Characterization plan = folder.circuit().characterization();
    if (plan.check() == null) {
      return null;
    }
    Accuracy tight = plan.check().tightened(plan.ngspice());
    EventCollector golden = new EventCollector();
    int jobs = Runtime.getRuntime().availableProcessors();
    GoldenReplay.run(folder, stimulus, steps, tight, jobs, golden, ProgressListener.NONE);
    return new Tighter(
        rmsV(folder.circuit(), golden, lockstep), rmsV(folder.circuit(), golden, batch));
  }

  private static double rmsV(Circuit circuit, EventCollector golden, EventCollector other) {
    List<EventPair> pairs = EventPair.pair(golden.events(), other.events());
    return largest(EventErrors.of(circuit, pairs).stateRmseV());
  }

  private static double largestRmsV(Circuit circuit, List<EventPair> pairs, int instance) {
    List<EventPair> own = pairs.stream().filter(p -> p.golden().run() == instance).toList();
    return largest(EventErrors.of(circuit, own).stateRmseV());
  }

  private static double largest(Map<String, Double> byState) {
    return byState.values().stream().mapToDouble(v -> v).max().orElse(0);
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
            "lock step against uninterrupted ngspice, %d instances: CPU time %.2f s and %.2f s, ratio"
                + " %.2f; wall time %.2f s and %.2f s; state RMS %.3g mV (largest of an instance: %.3g"
                + " mV, instance %d); energy %.3g %%",
            instances,
            lockstepCpuS,
            batchCpuS,
            cpuRatio,
            lockstepS,
            batchS,
            1e3 * largest(stateRmsV),
            1e3 * worstRmsV,
            worstInstance,
            100 * energyError)
        + (ofTighter == null
            ? ""
            : String.format(
                Locale.ROOT,
                "; against tighter runs: state RMS %.3g mV in lock step, %.3g mV uninterrupted",
                1e3 * ofTighter.lockstepRmsV,
                1e3 * ofTighter.batchRmsV));
  }
}
