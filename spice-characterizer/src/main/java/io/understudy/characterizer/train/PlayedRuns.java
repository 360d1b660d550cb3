package io.understudy.characterizer.train;

import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.predict.Surrogate;
import java.util.List;

/**
 * Unseen runs as a surrogate plays them.
 *
 * @param table the golden events
 * @param open with the golden state at each event's start, in the table's order
 * @param closed with the surrogate's own state, in the table's order
 */
public record PlayedRuns(EventTable table, List<EventPair> open, List<EventPair> closed) {
  static PlayedRuns of(Surrogate surrogate, EventTable table) {
    SurrogateReplay replay = new SurrogateReplay(surrogate, table.columns());
    return new PlayedRuns(
        table,
        replay.play(table, SurrogateReplay.Loop.OPEN),
        replay.play(table, SurrogateReplay.Loop.CLOSED));
  }

  Evaluation errors(io.understudy.surrogate.circuit.Circuit circuit) {
    return new Evaluation(
        table.schema().seed(),
        table.schema().ngspice(),
        EventErrors.of(circuit, open),
        EventErrors.of(circuit, closed));
  }
}
