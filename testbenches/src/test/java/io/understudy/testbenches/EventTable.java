package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table of events as a user reads it from a file: by its column names.
 *
 * @param header the column names
 * @param events the rows, their instances as runs
 */
record EventTable(List<String> header, List<EventRecord> events) {
  private static final int STATES = 7;

  /** Reads a file; a cell that cannot be read fails the test. */
  static EventTable read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> header = List.of(lines.get(0).split(",", -1));
    List<EventRecord> events = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      assertEquals(header.size(), cells.length, line);
      events.add(
          new EventRecord(
              Integer.parseInt(cells[0]),
              Long.parseLong(cells[1]),
              EventKind.valueOf(cells[2]),
              Long.parseLong(cells[3]),
              Double.parseDouble(cells[4]),
              Double.parseDouble(cells[5]),
              cells[6].isEmpty() ? Double.NaN : Double.parseDouble(cells[6]),
              Arrays.stream(cells).skip(STATES).mapToDouble(Double::parseDouble).toArray()));
    }
    return new EventTable(header, events);
  }

  /** Checks that the events of each instance follow each other without a gap, up to the end. */
  void assertCovers(long steps) {
    SortedMap<Integer, Long> ends = new TreeMap<>();
    int instance = -1;
    for (EventRecord event : events) {
      assertTrue(event.run() >= instance, () -> "order of instances: " + event);
      instance = event.run();
      assertEquals(ends.getOrDefault(instance, 0L), event.step(), () -> "no gap: " + event);
      assertTrue(
          event.kind() == EventKind.E3 ? event.periods() >= 1 : event.periods() == 1,
          () -> "periods: " + event);
      ends.put(instance, event.step() + event.periods());
    }
    ends.forEach((of, end) -> assertEquals(steps, end, "periods of instance " + of));
  }

  /** How far these events lie from golden ones. */
  EventErrors errors(Circuit circuit, EventTable golden) {
    return EventErrors.of(circuit, EventPair.pair(golden.events, events));
  }

  /** Number of events of a kind. */
  long count(EventKind kind) {
    return events.stream().filter(event -> event.kind() == kind).count();
  }
}
