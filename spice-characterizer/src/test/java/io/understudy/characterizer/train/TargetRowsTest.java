package io.understudy.characterizer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.predict.PredictorPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetRowsTest {
  private static final double ABOVE_V = 0.2;

  @TempDir private Path directory;
  private CircuitFolder folder;
  private EventTable table;

  @BeforeEach
  void drawRuns() throws IOException {
    Path circuit = directory.resolve("circuit");
    SyntheticNeuron.folder(circuit, 5, 0, false);
    Path yaml = circuit.resolve(CircuitReader.FILE);
    Files.writeString(
        yaml,
        Files.readString(yaml)
            .replace(
                "events: {input: pulse}",
                "events: {input: pulse}\nunsettled: {state: v, above: " + ABOVE_V + "}")
            .replace(
                "  - {on: E3, target: energy, features: [v, periods],",
                "  - {on: E2_unsettled, target: energy, features: [v]}\n"
                    + "  - {on: E3_unsettled, target: energy, features: [v]}\n"
                    + "  - {on: E3, target: energy, per_period: true, features: [v],"));
    folder = CircuitReader.read(circuit);
    SyntheticNeuron.dataset(directory.resolve("data"), folder, 10, 1);
    table = EventTable.read(directory.resolve("data"), folder);
  }

  private TargetRows of(String predictor) {
    PredictorPlan plan =
        PredictorPlan.of(folder.circuit()).stream()
            .filter(p -> p.name().equals(predictor))
            .findFirst()
            .orElseThrow();
    return new TargetRows(table, plan, folder.circuit());
  }

  @Test
  void anEventTeachesOnlyThePredictorsOfItsStart() {
    for (EventKind kind : List.of(EventKind.E2, EventKind.E3)) {
      TargetRows settled = of(kind + "_energy");
      TargetRows unsettled = of(kind + "_UNSETTLED_energy");
      int starts = 0;
      for (DatasetRow row : table.rows()) {
        boolean above = row.values()[table.columns().states()] > ABOVE_V;
        assertEquals(row.kind() == kind && !above, settled.teaches(row));
        assertEquals(row.kind() == kind && above, unsettled.teaches(row));
        starts += unsettled.teaches(row) ? 1 : 0;
      }
      assertTrue(starts > 0, kind + " from an unsettled start");
    }
  }

  @Test
  void anEnergyPerPeriodIsThatOfTheWholeStretchOverItsPeriods() {
    TargetRows rows = of("E3_energy");
    double[] states = {0};
    int longer = 0;
    for (DatasetRow row : table.rows()) {
      if (rows.teaches(row)) {
        double target = rows.target(row, states);
        assertEquals(table.energyJ(row) / row.periods(), target);
        assertEquals(table.energyJ(row), rows.quantity(row, target), 1e-9 * table.energyJ(row));
        longer += row.periods() > 1 ? 1 : 0;
      }
    }
    assertTrue(longer > 0, "idle stretches of several periods");
  }
}
