package io.understudy.characterizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.characterizer.stimulus.RunDrawing;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.compare.EventCollector;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.event.Stimulus;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.predict.SurrogateBank;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In a system a row idles for a hundred periods, in the runs of its training for a few: what it
 * takes in them must not be a tree's guess at what it never saw.
 */
class LongIdleStretchTest {
  private static final int ROWS = 12;
  private static final int PERIODS = 100;

  @ParameterizedTest
  @ValueSource(strings = {"crossbar_row_opamp", "crossbar_row_g30", "crossbar_row_g10"})
  void takesThePowerThatNgspiceSays(String circuit) throws IOException {
    CircuitFolder folder = Circuits.shipped(circuit);
    List<Stimulus.Instance> rows =
        IntStream.range(0, ROWS)
            .mapToObj(run -> RunDrawing.draw(folder.circuit(), 77, run))
            .map(run -> new Stimulus.Instance(run.number(), run.parameters(), first(run)))
            .toList();
    EventCollector golden = new EventCollector();
    GoldenReplay.run(folder, new Stimulus(rows), PERIODS, null, 2, golden, ProgressListener.NONE);
    EventCollector predicted = new EventCollector();
    Surrogate surrogate =
        Surrogate.load(
            folder, SurrogatePackage.read(SurrogatePackage.newest(folder).orElseThrow(), folder));
    rows.forEach(row -> play(surrogate, row, predicted));
    double goldenJ = idleJ(golden);
    assertEquals(goldenJ, idleJ(predicted), 0.02 * goldenJ);
  }

  /** The run's first inputs, in the first period. */
  private static List<Stimulus.Row> first(Stimulus.Instance run) {
    return List.of(new Stimulus.Row(0, run.rows().get(0).values()));
  }

  private static void play(Surrogate surrogate, Stimulus.Instance row, EventCollector events) {
    double[] parameters = row.parameters().stream().mapToDouble(p -> p).toArray();
    SurrogateBank bank = surrogate.open(new double[][] {parameters}, events);
    List<Double> inputs = row.rows().get(0).values();
    StepRows given = new StepRows(inputs.size(), surrogate.folder().circuit().hasSharedInputs());
    given.reserveRows(1);
    given.rows = 1;
    for (int k = 0; k < inputs.size(); k++) {
      given.inputs[k] = inputs.get(k);
    }
    bank.step(0, given);
    bank.close(PERIODS);
  }

  private static double idleJ(EventCollector events) {
    return events.events().stream()
        .filter(event -> event.kind() == EventKind.E3)
        .mapToDouble(EventRecord::energyJ)
        .sum();
  }
}
