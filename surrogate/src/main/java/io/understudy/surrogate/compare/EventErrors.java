package io.understudy.surrogate.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
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
public record EventErrors(
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
  public static EventErrors of(Circuit circuit, List<EventPair> pairs) {
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("events to evaluate: none (expected: at least one)");
    }
    Map<Integer, List<EventPair>> byRun = new TreeMap<>();
    pairs.forEach(p -> byRun.computeIfAbsent(p.golden().run(), r -> new ArrayList<>()).add(p));
    OutputMatch spikes = new OutputMatch();
    if (circuit.hasEventOutput()) {
      byRun.values().forEach(run -> match(spikes, run, circuit.clock().periodS()));
    }
    boolean counts = circuit.hasEventOutput();
    int[] n = spikes.counts();
    double golden = pairs.stream().mapToDouble(p -> p.golden().energyJ()).sum();
    double predicted = pairs.stream().mapToDouble(p -> p.predicted().energyJ()).sum();
    return new EventErrors(
        byRun.size(),
        pairs.size(),
        counts ? spikes.f1() : null,
        counts ? n[0] : null,
        counts ? n[1] : null,
        counts ? spikes.latencyMape() : levelLatencyMape(pairs),
        byKind(pairs, true),
        byKind(pairs, false),
        byRun.values().stream().mapToDouble(run -> runError(run)).average().orElseThrow(),
        Math.abs(predicted - golden) / Math.abs(golden),
        circuit.output() instanceof OutputPort.Level ? outputRmse(pairs) : null,
        stateRmse(circuit, pairs));
  }

  private static void match(OutputMatch match, List<EventPair> run, double periodS) {
    List<OutputMatch.Spike> golden = new ArrayList<>();
    List<OutputMatch.Spike> predicted = new ArrayList<>();
    for (EventPair pair : run) {
      EventRecord event = pair.golden();
      double startS = event.step() * periodS;
      add(golden, startS, event.output(), event.latencyS());
      add(predicted, startS, pair.predicted().output(), pair.predicted().latencyS());
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

  private static double levelLatencyMape(List<EventPair> pairs) {
    return pairs.stream()
        .filter(p -> !Double.isNaN(p.predicted().latencyS()))
        .filter(p -> !Double.isNaN(p.golden().latencyS()))
        .mapToDouble(p -> Math.abs(p.predicted().latencyS() / p.golden().latencyS() - 1))
        .average()
        .orElse(0);
  }

  private static Map<EventKind, Double> byKind(List<EventPair> pairs, boolean ofEach) {
    Map<EventKind, Double> errors = new EnumMap<>(EventKind.class);
    for (EventKind kind : EventKind.values()) {
      double errorSum = 0;
      double error = 0;
      double golden = 0;
      int count = 0;
      for (EventPair pair : pairs) {
        EventRecord event = pair.golden();
        double energy = event.energyJ();
        if (event.kind() == kind && pair.predicted().kind() == kind) {
          errorSum +=
              energy == 0 ? 0 : Math.abs(pair.predicted().energyJ() - energy) / Math.abs(energy);
          error += pair.predicted().energyJ() - energy;
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

  private static double runError(List<EventPair> run) {
    double golden = run.stream().mapToDouble(p -> p.golden().energyJ()).sum();
    double predicted = run.stream().mapToDouble(p -> p.predicted().energyJ()).sum();
    return Math.abs(predicted - golden) / Math.abs(golden);
  }

  private static double outputRmse(List<EventPair> pairs) {
    double squares = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (EventPair pair : pairs) {
      double golden = pair.golden().output();
      squares += (pair.predicted().output() - golden) * (pair.predicted().output() - golden);
      min = Math.min(min, golden);
      max = Math.max(max, golden);
    }
    return Math.sqrt(squares / pairs.size()) / (max - min);
  }

  private static Map<String, Double> stateRmse(Circuit circuit, List<EventPair> pairs) {
    Map<String, Double> errors = new LinkedHashMap<>();
    for (int k = 0; k < circuit.states().size(); k++) {
      double squares = 0;
      for (EventPair pair : pairs) {
        double error = pair.predicted().states()[k] - pair.golden().states()[k];
        squares += error * error;
      }
      errors.put(circuit.stateNames().get(k), Math.sqrt(squares / pairs.size()));
    }
    return errors;
  }
}
