package io.understudy.cli.shadow;

import io.understudy.characterizer.compare.ConfidenceInterval;
import io.understudy.characterizer.compare.WorstEvent;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.Quantity;
import io.understudy.surrogate.compare.EventPair;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What ngspice found of one bank.
 *
 * @param circuit the circuit
 * @param instances of the bank
 * @param followed numbers of those that ngspice followed
 * @param failure why ngspice did not follow to the end; empty if it did
 * @param errors of the surrogate, each with its interval over instances
 * @param worst the worst events
 * @param pairs all events; empty when ngspice did not follow to the end
 */
public record ShadowFinding(
    Circuit circuit,
    int instances,
    int[] followed,
    String failure,
    Map<Quantity, ConfidenceInterval> errors,
    List<WorstEvent> worst,
    List<EventPair> pairs) {
  private static final int WORST = 3;

  static ShadowFinding of(ShadowBank bank) {
    boolean complete = bank.isComplete();
    List<EventPair> pairs = complete ? bank.pairs() : List.of();
    String failure =
        complete || !bank.failure().isEmpty() ? bank.failure() : "its session ended before";
    return new ShadowFinding(
        bank.circuit(),
        bank.instances(),
        bank.followed(),
        failure,
        pairs.isEmpty() ? Map.of() : ConfidenceInterval.all(bank.circuit(), pairs),
        WorstEvent.of(bank.circuit(), pairs, WORST),
        pairs);
  }

  /** Whether ngspice followed to the end. */
  public boolean isComplete() {
    return failure.isEmpty();
  }

  /** For people, some lines. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "shadow: %s: ngspice followed %d of %d instances",
            circuit.name(),
            followed.length,
            instances));
    if (!isComplete()) {
      return text.append(", but not to the end: ").append(failure).append('\n').toString();
    }
    text.append(", ").append(pairs.size()).append(" events\n");
    errors.forEach(
        (quantity, error) ->
            text.append(String.format(Locale.ROOT, "  %-16s %s%n", quantity.key(), error.text())));
    worst.forEach(event -> text.append("  worst: ").append(event.text()).append('\n'));
    return text.toString();
  }

  /** For JSON. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("circuit", circuit.name());
    json.put("instances", instances);
    json.put("followed", followed);
    json.put("complete", isComplete());
    json.put("failure", failure);
    Map<String, ConfidenceInterval> byName = new LinkedHashMap<>();
    errors.forEach((quantity, error) -> byName.put(quantity.key(), error));
    json.put("errors", byName);
    json.put("worst", worst.stream().map(WorstEvent::text).toList());
    return json;
  }

  /** Writes what differs, a row an event: surrogate less ngspice. */
  public void write(Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write(
          "instance,step,periods,event,golden_event,output_error,energy_error_j,latency_error_s");
      for (String state : circuit.stateNames()) {
        out.write("," + state + "_error");
      }
      out.write("\n");
      for (EventPair pair : pairs) {
        out.write(row(pair));
      }
    }
  }

  private static String row(EventPair pair) {
    var golden = pair.golden();
    var predicted = pair.predicted();
    StringBuilder row = new StringBuilder();
    row.append(golden.run()).append(',').append(golden.step()).append(',');
    row.append(golden.periods()).append(',').append(predicted.kind()).append(',');
    row.append(golden.kind()).append(',').append(predicted.output() - golden.output());
    row.append(',').append(predicted.energyJ() - golden.energyJ()).append(',');
    double latency = predicted.latencyS() - golden.latencyS();
    row.append(Double.isNaN(latency) ? "" : latency);
    for (int k = 0; k < golden.states().length; k++) {
      row.append(',').append(predicted.states()[k] - golden.states()[k]);
    }
    return row.append('\n').toString();
  }
}
