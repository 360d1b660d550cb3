package io.understudy.cli.demo;

import io.understudy.characterizer.GoldenReplay;
import io.understudy.cli.Home;
import io.understudy.cli.Progress;
import io.understudy.cli.record.BankRecorder;
import io.understudy.surrogate.circuit.Characterization.Accuracy;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
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
  /** Simulates with the circuit's own accuracy, an instance on each core. */
  public static GoldenSample of(BankRecorder bank, List<Integer> instances) {
    return of(bank, instances, null, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Simulates.
   *
   * @param accuracy of ngspice; null for that of the circuit's characterization
   * @param jobs instances at once
   */
  public static GoldenSample of(
      BankRecorder bank, List<Integer> instances, Accuracy accuracy, int jobs) {
    CircuitFolder folder =
        CircuitReader.read(Home.models().resolve(bank.opening().circuit().name()));
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
    try (Progress progress = new Progress("ngspice, " + bank.opening().path())) {
      GoldenReplay.run(folder, stimulus, steps, accuracy, jobs, golden, progress);
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
