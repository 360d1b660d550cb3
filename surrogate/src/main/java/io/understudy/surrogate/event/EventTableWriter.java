package io.understudy.surrogate.event;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.OutputPort;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects a bank's events and writes them as a table: CSV with the columns {@code
 * instance,step,event,periods}, the output, {@code energy_j}, {@code latency_s} (empty where there
 * is none) and the states at the event's end, ordered by instance, then by step.
 */
public final class EventTableWriter implements EventListener {
  private final Circuit circuit;
  private final List<Integer> instanceNumbers;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * @param instanceNumbers what the table calls instance 0, 1, ... of the bank
   */
  public EventTableWriter(Circuit circuit, List<Integer> instanceNumbers) {
    this.circuit = circuit;
    this.instanceNumbers = List.copyOf(instanceNumbers);
  }

  @Override
  public void event(
      int instance,
      long step,
      EventKind kind,
      long periods,
      double output,
      double energyJ,
      double latencyS,
      double[] states) {
    entries.add(
        new Entry(
            instanceNumbers.get(instance),
            step,
            kind,
            periods,
            output,
            energyJ,
            latencyS,
            states.clone()));
  }

  /** What the table calls an instance of the bank. */
  public int instanceNumber(int instance) {
    return instanceNumbers.get(instance);
  }

  /** Number of events collected. */
  public int size() {
    return entries.size();
  }

  /** Writes the table; the caller closes the writer. */
  public void writeTo(Writer writer) throws IOException {
    boolean counts = circuit.output() instanceof OutputPort.Event;
    writer.write("instance,step,event,periods," + circuit.output().name() + ",energy_j,latency_s");
    for (String state : circuit.stateNames()) {
      writer.write("," + state);
    }
    writer.write("\n");
    entries.sort(Comparator.comparingInt(Entry::instance).thenComparingLong(Entry::step));
    StringBuilder line = new StringBuilder();
    for (Entry entry : entries) {
      line.setLength(0);
      line.append(entry.instance).append(',').append(entry.step).append(',');
      line.append(entry.kind).append(',').append(entry.periods).append(',');
      line.append(counts ? Long.toString((long) entry.output) : Double.toString(entry.output));
      line.append(',').append(entry.energyJ).append(',');
      line.append(Double.isNaN(entry.latencyS) ? "" : Double.toString(entry.latencyS));
      for (double state : entry.states) {
        line.append(',').append(state);
      }
      writer.append(line).append('\n');
    }
  }

  private record Entry(
      int instance,
      long step,
      EventKind kind,
      long periods,
      double output,
      double energyJ,
      double latencyS,
      double[] states) {}
}
