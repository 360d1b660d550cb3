package io.understudy.characterizer.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.compare.EventPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Errors of a closed loop in a stretch of the runs' time: they show whether errors pile up.
 *
 * @param fromS since the runs' start
 * @param toS since the runs' start
 * @param events that begin in it
 * @param stateRmseV of the first state at the events' ends
 * @param outputRmseV of a level output; null for an event output
 * @param spikeF1 of an event output; null for a level
 * @param energyError sum over the runs of |error of the stretch's energy|, by their |energy|
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimeBin(
    double fromS,
    double toS,
    int events,
    Double stateRmseV,
    Double outputRmseV,
    Double spikeF1,
    Double energyError) {
  /**
   * Cuts runs into stretches of the same length.
   *
   * @param periods length of a run
   * @param count number of stretches; fewer where the runs have fewer periods
   * @param pairs ordered by run, then by step
   */
  public static List<TimeBin> of(Circuit circuit, long periods, int count, List<EventPair> pairs) {
    int bins = (int) Math.min(count, periods);
    List<List<EventPair>> byBin = new ArrayList<>();
    for (int b = 0; b < bins; b++) {
      byBin.add(new ArrayList<>());
    }
    for (EventPair pair : pairs) {
      byBin.get((int) Math.min(pair.golden().step() * bins / periods, bins - 1)).add(pair);
    }
    List<TimeBin> all = new ArrayList<>();
    double lengthS = periods * circuit.clock().periodS() / bins;
    for (int b = 0; b < bins; b++) {
      all.add(of(circuit, b * lengthS, (b + 1) * lengthS, byBin.get(b)));
    }
    return all;
  }

  private static TimeBin of(Circuit circuit, double fromS, double toS, List<EventPair> pairs) {
    Double from = Digits.of(fromS);
    Double to = Digits.of(toS);
    if (pairs.isEmpty()) {
      return new TimeBin(from, to, 0, null, null, null, null);
    }
    boolean spikes = circuit.hasEventOutput();
    return new TimeBin(
        from,
        to,
        pairs.size(),
        circuit.states().isEmpty()
            ? null
            : rmse(pairs, p -> p.predicted().states()[0] - p.golden().states()[0]),
        spikes ? null : rmse(pairs, p -> p.predicted().output() - p.golden().output()),
        spikes ? Digits.of(EventErrors.of(circuit, pairs).spikeF1()) : null,
        energyError(pairs));
  }

  private static Double rmse(List<EventPair> pairs, ToDoubleFunction<EventPair> error) {
    double squares = pairs.stream().mapToDouble(error).map(e -> e * e).sum();
    return Digits.of(Math.sqrt(squares / pairs.size()));
  }

  private static Double energyError(List<EventPair> pairs) {
    Map<Integer, double[]> byRun = new TreeMap<>();
    for (EventPair pair : pairs) {
      double[] sums = byRun.computeIfAbsent(pair.golden().run(), r -> new double[2]);
      sums[0] += pair.golden().energyJ();
      sums[1] += pair.predicted().energyJ();
    }
    double golden = byRun.values().stream().mapToDouble(s -> Math.abs(s[0])).sum();
    double error = byRun.values().stream().mapToDouble(s -> Math.abs(s[1] - s[0])).sum();
    return Digits.of(error / golden);
  }
}
