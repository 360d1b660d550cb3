package io.understudy.characterizer.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.OutputPort;
import io.understudy.surrogate.event.EventKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a surrogate's events lie from the golden ones; fractions unless the name says otherwise.
 *
 * @param events number of events
 * @param runs number of runs
 * @param spikeF1 of output events matched in time (event outputs; null else)
 * @param goldenSpikes golden output events
 * @param predictedSpikes the surrogate's
 * @param latencyMape of matched output events, or of a level's changes that have a latency
 * @param energyMape mean of |error| / |golden| by the event's kind, where both agree on the kind
 * @param energySum error of the sum by the event's kind, likewise
 * @param energyRunMean mean over the runs of |error of the run's energy| / |the run's energy|
 * @param energyTotal error of the energy of all events
 * @param outputRmse of the output at the event's end, by the golden swing (levels; null else)
 * @param stateRmseV of the states at the event's end, in V
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoopErrors(
    int runs,
    int events,
    Double spikeF1,
    Integer goldenSpikes,
    Integer predictedSpikes,
    double latencyMape,
    Map<EventKind, Double> energyMape,
    Map<EventKind, Double> energySum,
    double energyRunMean,
    double energyTotal,
    Double outputRmse,
    Map<String, Double> stateRmseV) {
  /** Output events that are farther apart are two events. */
  static final double MATCH_S = 1e-9;

  /**
   * Measures.
   *
   * @param pairs ordered by run, then by step; at least one
   */
  static LoopErrors of(Circuit circuit, EventTable.Columns columns, List<EventPair> pairs) {
    if (pairs.isEmpty()) {
      throw new TrainingException("events to evaluate: none (expected: at least one)");
    }
    Map<Integer, List<EventPair>> byRun = new TreeMap<>();
    pairs.forEach(p -> byRun.computeIfAbsent(p.golden().run(), r -> new ArrayList<>()).add(p));
    OutputMatch spikes = new OutputMatch();
    if (circuit.hasEventOutput()) {
      byRun.values().forEach(run -> match(spikes, run, columns, circuit.clock().periodS()));
    }
    boolean counts = circuit.hasEventOutput();
    int[] n = spikes.counts();
    double golden = pairs.stream().mapToDouble(p -> p.golden().values()[columns.energy()]).sum();
    double predicted = pairs.stream().mapToDouble(EventPair::energyJ).sum();
    return new LoopErrors(
        byRun.size(),
        pairs.size(),
        counts ? spikes.f1() : null,
        counts ? n[0] : null,
        counts ? n[1] : null,
        counts ? spikes.latencyMape() : levelLatencyMape(pairs, columns),
        byKind(pairs, columns, true),
        byKind(pairs, columns, false),
        byRun.values().stream().mapToDouble(run -> runError(run, columns)).average().orElseThrow(),
        Math.abs(predicted - golden) / Math.abs(golden),
        circuit.output() instanceof OutputPort.Level ? outputRmse(pairs, columns) : null,
        stateRmse(circuit, columns, pairs));
  }

  private static void match(
      OutputMatch match, List<EventPair> run, EventTable.Columns columns, double periodS) {
    List<OutputMatch.Spike> golden = new ArrayList<>();
    List<OutputMatch.Spike> predicted = new ArrayList<>();
    for (EventPair pair : run) {
      double[] values = pair.golden().values();
      double startS = pair.golden().step() * periodS;
      add(golden, startS, values[columns.output()], values[columns.latency()]);
      add(predicted, startS, pair.output(), pair.latencyS());
    }
    golden.sort(OutputMatch.BY_TIME);
    predicted.sort(OutputMatch.BY_TIME);
    match.add(golden, predicted, MATCH_S);
  }

  /** Of several output events in an event only the first has a time: the others match nothing. */
  private static void add(
      List<OutputMatch.Spike> spikes, double startS, double count, double latencyS) {
    for (int k = 0; k < count; k++) {
      spikes.add(
          new OutputMatch.Spike(k == 0 ? startS + latencyS : Double.POSITIVE_INFINITY, latencyS));
    }
  }

  private static double levelLatencyMape(List<EventPair> pairs, EventTable.Columns columns) {
    return pairs.stream()
        .filter(p -> !Double.isNaN(p.latencyS()))
        .filter(p -> !Double.isNaN(p.golden().values()[columns.latency()]))
        .mapToDouble(p -> Math.abs(p.latencyS() / p.golden().values()[columns.latency()] - 1))
        .average()
        .orElse(0);
  }

  private static Map<EventKind, Double> byKind(
      List<EventPair> pairs, EventTable.Columns columns, boolean ofEach) {
    Map<EventKind, Double> errors = new EnumMap<>(EventKind.class);
    for (EventKind kind : EventKind.values()) {
      double errorSum = 0;
      double error = 0;
      double golden = 0;
      int count = 0;
      for (EventPair pair : pairs) {
        DatasetRow row = pair.golden();
        double energy = row.values()[columns.energy()];
        if (row.kind() == kind && pair.kind() == kind) {
          errorSum += energy == 0 ? 0 : Math.abs(pair.energyJ() - energy) / Math.abs(energy);
          error += pair.energyJ() - energy;
          golden += energy;
          count++;
        }
      }
      if (count > 0) {
        errors.put(kind, ofEach ? errorSum / count : Math.abs(error / golden));
      }
    }
    return errors;
  }

  private static double runError(List<EventPair> run, EventTable.Columns columns) {
    double golden = run.stream().mapToDouble(p -> p.golden().values()[columns.energy()]).sum();
    double predicted = run.stream().mapToDouble(EventPair::energyJ).sum();
    return Math.abs(predicted - golden) / Math.abs(golden);
  }

  private static double outputRmse(List<EventPair> pairs, EventTable.Columns columns) {
    double squares = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (EventPair pair : pairs) {
      double golden = pair.golden().values()[columns.output()];
      squares += (pair.output() - golden) * (pair.output() - golden);
      min = Math.min(min, golden);
      max = Math.max(max, golden);
    }
    return Math.sqrt(squares / pairs.size()) / (max - min);
  }

  private static Map<String, Double> stateRmse(
      Circuit circuit, EventTable.Columns columns, List<EventPair> pairs) {
    Map<String, Double> errors = new LinkedHashMap<>();
    for (int k = 0; k < columns.stateWidth(); k++) {
      double squares = 0;
      for (EventPair pair : pairs) {
        double error = pair.states()[k] - pair.golden().values()[columns.ends() + k];
        squares += error * error;
      }
      errors.put(circuit.stateNames().get(k), Math.sqrt(squares / pairs.size()));
    }
    return errors;
  }
}
