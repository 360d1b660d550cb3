package io.understudy.cli.record;

import io.understudy.server.session.BankListener;
import io.understudy.server.session.BankOpening;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.EventTableWriter;
import io.understudy.surrogate.event.StepRows;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Records one bank of a session: its inputs as a stimulus and its events as a table, both in
 * replay's formats. Written to on the session's thread, read when the session has ended.
 */
public final class BankRecorder implements BankListener {
  private final BankOpening opening;
  private final EventTableWriter events;
  private final List<String> stimulus = new ArrayList<>();
  private final List<String> parameters = new ArrayList<>();
  private final int inputWidth;
  private boolean closed;

  BankRecorder(BankOpening opening) {
    this.opening = opening;
    Circuit circuit = opening.circuit();
    this.inputWidth = circuit.inputColumns().size();
    this.events =
        new EventTableWriter(circuit, IntStream.range(0, opening.instances()).boxed().toList());
    for (double[] values : opening.parameters()) {
      StringBuilder text = new StringBuilder();
      for (double value : values) {
        text.append(',').append(value);
      }
      parameters.add(text.toString());
    }
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
      StringBuilder line = new StringBuilder().append(rows.instance[r]).append(',').append(period);
      int at = rows.inputOffset(r);
      for (int k = 0; k < inputWidth; k++) {
        line.append(',').append(rows.inputs[at + k]);
      }
      stimulus.add(line.append(parameters.get(rows.instance[r])).toString());
    }
  }

  @Override
  public synchronized void closed(BankTotals totals) {
    closed = true;
  }

  /** The bank. */
  public BankOpening opening() {
    return opening;
  }

  /** Whether the session ended as it should. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Writes {@code NAME.stimulus.csv} and {@code NAME.events.csv}, the name being the bank's path.
   */
  public synchronized void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Writer writer = Files.newBufferedWriter(directory.resolve(name() + ".stimulus.csv"))) {
      List<String> header = new ArrayList<>(List.of("instance", "step"));
      header.addAll(opening.circuit().inputColumns());
      header.addAll(opening.circuit().parameterColumns());
      writer.write(String.join(",", header) + "\n");
      for (String line : stimulus) {
        writer.write(line + "\n");
      }
    }
    try (Writer writer = Files.newBufferedWriter(directory.resolve(name() + ".events.csv"))) {
      events.writeTo(writer);
    }
  }

  /** The bank's path as a file name. */
  public String name() {
    return opening.path().replaceAll("[^A-Za-z0-9_.]", "_");
  }
}
