package io.understudy.cli.demo;

import io.understudy.characterizer.GoldenReplay;
import io.understudy.cli.Progress;
import io.understudy.cli.record.BankRecorder;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.compare.EventCollector;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.Stimulus;
import java.util.ArrayList;
import java.util.List;

/**
 * Some instances of a recorded bank, simulated once more by ngspice with the inputs that they were
 * given.
 *
 * @param bank the bank's path
 * @param circuit the circuit
 * @param bankInstances instances of the bank
 * @param instances their numbers
 * @param pairs golden and predicted events
 * @param errors over all of them
 * @param ngspiceNs wall time of ngspice in ns
 */
public record GoldenSample(
    String bank,
    Circuit circuit,
    int bankInstances,
    List<Integer> instances,
    List<EventPair> pairs,
    EventErrors errors,
    long ngspiceNs) {
  /** Simulates; several instances at once. */
  public static GoldenSample of(
      BankRecorder bank, CircuitFolder folder, List<Integer> instances, int jobs) {
    List<EventRecord> predicted = new ArrayList<>();
    for (EventRecord event : bank.events()) {
      int at = instances.indexOf(event.run());
      if (at >= 0) {
        predicted.add(
            new EventRecord(
                at,
                event.step(),
                event.kind(),
                event.periods(),
                event.output(),
                event.energyJ(),
                event.latencyS(),
                event.states()));
      }
    }
    long steps = predicted.stream().mapToLong(e -> e.step() + e.periods()).max().orElse(1);
    Stimulus stimulus = bank.stimulus(instances);
    EventCollector golden = new EventCollector();
    long start = System.nanoTime();
    try (Progress progress = new Progress("ngspice, " + folder.circuit().name())) {
      GoldenReplay.run(folder, stimulus, steps, null, jobs, golden, progress);
    }
    long elapsed = System.nanoTime() - start;
    List<EventPair> pairs = EventPair.pair(golden.events(), predicted);
    return new GoldenSample(
        bank.opening().path(),
        folder.circuit(),
        bank.opening().instances(),
        instances,
        pairs,
        EventErrors.of(folder.circuit(), pairs),
        elapsed);
  }
}
