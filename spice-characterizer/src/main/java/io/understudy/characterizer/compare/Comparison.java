package io.understudy.characterizer.compare;

import io.understudy.characterizer.GoldenReplay;
import io.understudy.characterizer.ProgressListener;
import io.understudy.characterizer.extract.EventExtractor;
import io.understudy.characterizer.extract.GoldenEvent;
import io.understudy.characterizer.ngspice.Waveforms;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.Quantity;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.Stimulus;
import io.understudy.surrogate.predict.Surrogate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A surrogate's events beside ngspice's on the same inputs.
 *
 * @param name what was compared: the circuit's name, or a bank's path
 * @param folder the circuit
 * @param version the surrogate's
 * @param closed errors of the surrogate living on its own states
 * @param oracle errors with ngspice's states at each event's start
 * @param measurements against their tolerances
 * @param pairs all events in closed loop, ordered by instance, then by step
 * @param worst the worst events, the worst first
 * @param traces ngspice's traces of the instances that the worst events are of, by their numbers
 */
public record Comparison(
    String name,
    CircuitFolder folder,
    String version,
    EventErrors closed,
    EventErrors oracle,
    List<Measurement> measurements,
    List<EventPair> pairs,
    List<WorstEvent> worst,
    Map<Integer, Waveforms> traces) {
  /** Worst events that are looked at closely. */
  public static final int WORST = 6;

  /** What one instance gave. */
  private record Played(List<EventPair> closed, List<EventPair> oracle) {}

  /**
   * Compares.
   *
   * @param name what is compared
   * @param stimulus what each instance is given; the instances' numbers name its events
   * @param steps length of the run in periods
   * @param predicted the surrogate's events where they are known, ordered by instance, then by
   *     step; null: the surrogate is asked
   * @param tolerances in place of the circuit's own
   * @param jobs processes of ngspice at once
   */
  public static Comparison run(
      String name,
      Surrogate surrogate,
      Stimulus stimulus,
      long steps,
      List<EventRecord> predicted,
      Map<Quantity, Double> tolerances,
      int jobs,
      ProgressListener progress) {
    CircuitFolder folder = surrogate.folder();
    Map<Integer, List<EventRecord>> known =
        predicted == null
            ? Map.of()
            : predicted.stream().collect(Collectors.groupingBy(EventRecord::run));
    List<Played> played =
        GoldenReplay.read(
            folder,
            stimulus,
            steps,
            null,
            jobs,
            (index, schedule, waveforms) -> {
              Stimulus.Instance instance = stimulus.instances().get(index);
              List<GoldenEvent> golden =
                  EventExtractor.extract(folder.circuit(), schedule, waveforms);
              return played(surrogate, instance, golden, known.get(instance.number()));
            },
            progress);
    List<EventPair> closed = new ArrayList<>();
    List<EventPair> oracle = new ArrayList<>();
    played.forEach(p -> closed.addAll(p.closed));
    played.forEach(p -> oracle.addAll(p.oracle));
    Circuit circuit = folder.circuit();
    List<WorstEvent> worst = WorstEvent.of(circuit, closed, WORST);
    EventErrors closedErrors = EventErrors.of(circuit, closed);
    EventErrors oracleErrors = EventErrors.of(circuit, oracle);
    return new Comparison(
        name,
        folder,
        String.valueOf(surrogate.source().version()),
        closedErrors,
        oracleErrors,
        measurements(circuit, Figures.of(circuit, closed), Figures.of(circuit, oracle), tolerances),
        closed,
        worst,
        traces(folder, stimulus, steps, worst, jobs));
  }

  private static Played played(
      Surrogate surrogate,
      Stimulus.Instance instance,
      List<GoldenEvent> golden,
      List<EventRecord> known) {
    int run = instance.number();
    List<EventRecord> truth = golden.stream().map(event -> record(run, event)).toList();
    List<EventRecord> closed =
        known == null
            ? SurrogatePlayer.play(surrogate, run, instance.parameters(), golden, false)
            : known;
    List<EventRecord> oracle =
        SurrogatePlayer.play(surrogate, run, instance.parameters(), golden, true);
    return new Played(EventPair.pair(truth, closed), EventPair.pair(truth, oracle));
  }

  private static EventRecord record(int run, GoldenEvent event) {
    return new EventRecord(
        run,
        event.interval().step(),
        event.kind(),
        event.interval().periods(),
        event.output(),
        event.energyJ(),
        event.latencyS(),
        event.statesEnd());
  }

  private static List<Measurement> measurements(
      Circuit circuit,
      Map<Quantity, Double> closed,
      Map<Quantity, Double> oracle,
      Map<Quantity, Double> tolerances) {
    List<Measurement> all = new ArrayList<>();
    closed.forEach(
        (quantity, value) -> {
          double limit = tolerances.getOrDefault(quantity, circuit.tolerance(quantity));
          all.add(new Measurement(quantity, value, oracle.get(quantity), limit));
        });
    return all;
  }

  /** Traces are large: only those that are looked at are made, once more. */
  private static Map<Integer, Waveforms> traces(
      CircuitFolder folder, Stimulus stimulus, long steps, List<WorstEvent> worst, int jobs) {
    List<Integer> numbers = worst.stream().map(e -> e.pair().golden().run()).distinct().toList();
    long last =
        worst.stream()
            .mapToLong(e -> e.pair().golden().step() + e.pair().golden().periods() + 1)
            .max()
            .orElseThrow();
    List<Stimulus.Instance> chosen =
        stimulus.instances().stream().filter(i -> numbers.contains(i.number())).toList();
    List<Waveforms> traces =
        GoldenReplay.read(
            folder,
            new Stimulus(chosen),
            Math.min(steps, last),
            null,
            jobs,
            (index, schedule, waveforms) -> waveforms,
            ProgressListener.NONE);
    Map<Integer, Waveforms> byNumber = new LinkedHashMap<>();
    for (int k = 0; k < chosen.size(); k++) {
      byNumber.put(chosen.get(k).number(), traces.get(k));
    }
    return byNumber;
  }

  /** Whether all tolerances are kept. */
  public boolean passed() {
    return measurements.stream().allMatch(Measurement::passed);
  }
}
