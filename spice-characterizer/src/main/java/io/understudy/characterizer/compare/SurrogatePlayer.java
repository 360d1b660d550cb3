package io.understudy.characterizer.compare;

import io.understudy.characterizer.extract.GoldenEvent;
import io.understudy.surrogate.compare.EventCollector;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.predict.SurrogateBank;
import java.util.ArrayList;
import java.util.List;

/** Plays one instance's golden events through a surrogate. */
final class SurrogatePlayer {
  private SurrogatePlayer() {}

  /**
   * The surrogate's events.
   *
   * @param run by which the events are named
   * @param parameters a value a column, in the circuit's order
   * @param golden the events by ngspice, of the whole run
   * @param oracle true: each event starts from ngspice's states; false: from the surrogate's own
   */
  static List<EventRecord> play(
      Surrogate surrogate,
      int run,
      List<Double> parameters,
      List<GoldenEvent> golden,
      boolean oracle) {
    var circuit = surrogate.folder().circuit();
    EventCollector collector = new EventCollector();
    double[] values = parameters.stream().mapToDouble(p -> p).toArray();
    SurrogateBank bank = surrogate.open(new double[][] {values}, collector);
    StepRows rows = new StepRows(circuit.inputColumns().size(), circuit.hasSharedInputs());
    rows.reserveRows(1);
    for (GoldenEvent event : golden) {
      long step = event.interval().step();
      if (oracle) {
        // Ends an idle stretch before the event, so that it does not run on with golden states.
        bank.close(step);
        bank.setStates(0, event.statesStart());
      }
      rows.rows = event.interval().input() ? 1 : 0;
      rows.instance[0] = 0;
      for (int k = 0; k < event.interval().values().size() && rows.rows == 1; k++) {
        rows.inputs[k] = event.interval().values().get(k);
      }
      bank.step(step, rows);
    }
    GoldenEvent last = golden.get(golden.size() - 1);
    bank.close(last.interval().step() + last.interval().periods());
    List<EventRecord> named = new ArrayList<>();
    for (EventRecord e : collector.events()) {
      named.add(e.of(run));
    }
    return named;
  }
}
