package io.understudy.cli.record;

import io.understudy.server.session.BankListener;
import io.understudy.server.session.BankOpening;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.compare.EventCollector;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.EventTableWriter;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.event.Stimulus;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Records one bank of a session: its inputs as a stimulus and its events, both in replay's formats.
 * Written to on the session's thread; complete when the session has ended.
 */
public final class BankRecorder implements BankListener {
  private final BankOpening opening;
  private final EventCollector events = new EventCollector();
  private final List<List<Stimulus.Row>> inputs;
  private final int inputWidth;

  BankRecorder(BankOpening opening) {
    this.opening = opening;
    this.inputWidth = opening.circuit().inputColumns().size();
    this.inputs =
        IntStream.range(0, opening.instances())
            .<List<Stimulus.Row>>mapToObj(i -> new ArrayList<>())
            .toList();
  }

  @Override
  public synchronized void event(
      int instance,
      long step,
      EventKind kind,
      long periods,
      double output,
      double energyJ,
      double latencyS,
      double[] states) {
    events.event(instance, step, kind, periods, output, energyJ, latencyS, states);
  }

  @Override
  public synchronized void step(long period, StepRows rows) {
    for (int r = 0; r < rows.rows; r++) {
      int at = rows.inputOffset(r);
      List<Double> values = Arrays.stream(rows.inputs, at, at + inputWidth).boxed().toList();
      inputs.get(rows.instance[r]).add(new Stimulus.Row(period, values));
    }
  }

  @Override
  public void closed(BankTotals totals) {
    // The events say it all.
  }

  /** The bank. */
  public BankOpening opening() {
    return opening;
  }

  /** What some of the bank's instances were given, under their own numbers. */
  public synchronized Stimulus stimulus(List<Integer> instances) {
    return new Stimulus(
        instances.stream()
            .map(
                i ->
                    new Stimulus.Instance(
                        i, Arrays.stream(opening.parameters()[i]).boxed().toList(), inputs.get(i)))
            .toList());
  }

  /** All events, ordered by instance, then by step. */
  public synchronized List<EventRecord> events() {
    return events.events();
  }

  /**
   * Writes {@code NAME.stimulus.csv} and {@code NAME.events.csv}, the name being the bank's path.
   */
  public void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    List<Integer> all = IntStream.range(0, opening.instances()).boxed().toList();
    try (Writer writer = Files.newBufferedWriter(directory.resolve(name() + ".stimulus.csv"))) {
      writeStimulus(writer, all);
    }
    EventTableWriter table = new EventTableWriter(opening.circuit(), all);
    for (EventRecord e : events()) {
      table.event(
          e.run(),
          e.step(),
          e.kind(),
          e.periods(),
          e.output(),
          e.energyJ(),
          e.latencyS(),
          e.states());
    }
    try (Writer writer = Files.newBufferedWriter(directory.resolve(name() + ".events.csv"))) {
      table.writeTo(writer);
    }
  }

  private void writeStimulus(Writer writer, List<Integer> instances) throws IOException {
    Circuit circuit = opening.circuit();
    List<String> header = new ArrayList<>(List.of("instance", "step"));
    header.addAll(circuit.inputColumns());
    header.addAll(circuit.parameterColumns());
    writer.write(String.join(",", header) + "\n");
    for (Stimulus.Instance instance : stimulus(instances).instances()) {
      for (Stimulus.Row row : instance.rows()) {
        StringBuilder line =
            new StringBuilder().append(instance.number()).append(',').append(row.step());
        row.values().forEach(value -> line.append(',').append(value));
        instance.parameters().forEach(value -> line.append(',').append(value));
        writer.append(line).append('\n');
      }
    }
  }

  /** The bank's path as a file name. */
  public String name() {
    return opening.path().replaceAll("[^A-Za-z0-9_.]", "_");
  }
}
