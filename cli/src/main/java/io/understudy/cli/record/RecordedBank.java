package io.understudy.cli.record;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.Stimulus;
import java.io.IOException;
import java.util.List;

/**
 * A bank as a record has it.
 *
 * @param opening what it is
 * @param stimulus what each instance was given
 * @param events all events, ordered by instance, then by step
 */
public record RecordedBank(Opening opening, Stimulus stimulus, List<EventRecord> events) {
  public RecordedBank {
    events = List.copyOf(events);
  }

  /**
   * A bank that opened.
   *
   * @param bank its number in the session
   * @param path its path in the simulator
   * @param circuit the circuit's name
   * @param version the surrogate's
   * @param backend what answered
   * @param instances how many
   * @param parameters the values of each instance by the circuit's parameter columns
   */
  public record Opening(
      int bank,
      String path,
      String circuit,
      String version,
      String backend,
      int instances,
      double[][] parameters) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Reads what {@link #json} wrote. */
    static Opening parse(byte[] json) throws IOException {
      return MAPPER.readValue(json, Opening.class);
    }

    /** As JSON. */
    byte[] json() throws IOException {
      return MAPPER.writeValueAsBytes(this);
    }
  }

  /** Length of the run in periods: to the end of the last event. */
  public long periods() {
    return events.stream().mapToLong(e -> e.step() + e.periods()).max().orElse(0);
  }
}
