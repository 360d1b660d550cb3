package io.understudy.surrogate.compare;

import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.EventListener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps the events it is told. Not thread-safe. */
public final class EventCollector implements EventListener {
  private final List<EventRecord> events = new ArrayList<>();

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
    events.add(
        new EventRecord(instance, step, kind, periods, output, energyJ, latencyS, states.clone()));
  }

  /** The events, ordered by instance, then by step. */
  public List<EventRecord> events() {
    return events.stream()
        .sorted(Comparator.comparingInt(EventRecord::run).thenComparingLong(EventRecord::step))
        .toList();
  }
}
