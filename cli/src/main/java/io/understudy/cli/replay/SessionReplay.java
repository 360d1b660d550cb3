package io.understudy.cli.replay;

import io.understudy.cli.record.BankRecorder;
import io.understudy.server.client.ClientBank;
import io.understudy.server.client.CrossingClient;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.event.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Plays a stimulus through a session as a simulator would: one frame for each period in which
 * something happens. Where instances share inputs in a bank, each gets a bank of its own, as a
 * stimulus gives each its own inputs.
 */
final class SessionReplay {
  private final Circuit circuit;
  private final Stimulus stimulus;
  private final CrossingClient client;
  private final List<ClientBank> banks = new ArrayList<>();

  /** Index of the next row of each instance. */
  private final int[] next;

  SessionReplay(Circuit circuit, Stimulus stimulus, CrossingClient client) {
    this.circuit = circuit;
    this.stimulus = stimulus;
    this.client = client;
    this.next = new int[stimulus.instances().size()];
  }

  /**
   * Replays to the end of period {@code steps}.
   *
   * @see BankRecorder for how the events are told
   */
  void run(long steps) {
    open();
    TreeSet<Long> due = new TreeSet<>(List.of(0L));
    for (Stimulus.Instance instance : stimulus.instances()) {
      for (Stimulus.Row row : instance.rows()) {
        due.add(row.step());
        due.add(row.step() + 1);
      }
    }
    for (long step : due.headSet(steps)) {
      for (int b = 0; b < banks.size(); b++) {
        fill(b, step);
      }
      client.step(step * circuit.periodFs(), banks);
    }
    client.finish(steps * circuit.periodFs());
  }

  private void open() {
    List<Stimulus.Instance> instances = stimulus.instances();
    if (circuit.hasSharedInputs()) {
      for (Stimulus.Instance instance : instances) {
        banks.add(
            client.open(
                circuit.name(), "replay." + instance.number(), 1, table(List.of(instance))));
      }
    } else {
      banks.add(client.open(circuit.name(), "replay", instances.size(), table(instances)));
    }
  }

  private String table(List<Stimulus.Instance> instances) {
    StringBuilder text = new StringBuilder("instance");
    circuit.parameterColumns().forEach(column -> text.append(',').append(column));
    for (int k = 0; k < instances.size(); k++) {
      text.append('\n').append(k);
      instances.get(k).parameters().forEach(value -> text.append(',').append(value));
    }
    return text.append('\n').toString();
  }

  private void fill(int bank, long step) {
    StepRows rows = banks.get(bank).rows();
    rows.rows = 0;
    int first = circuit.hasSharedInputs() ? bank : 0;
    int end = circuit.hasSharedInputs() ? bank + 1 : next.length;
    rows.reserveRows(end - first);
    for (int i = first; i < end; i++) {
      List<Stimulus.Row> all = stimulus.instances().get(i).rows();
      if (next[i] < all.size() && all.get(next[i]).step() == step) {
        rows.instance[rows.rows] = i - first;
        int at = rows.inputOffset(rows.rows++);
        for (double value : all.get(next[i]++).values()) {
          rows.inputs[at++] = value;
        }
      }
    }
  }
}
