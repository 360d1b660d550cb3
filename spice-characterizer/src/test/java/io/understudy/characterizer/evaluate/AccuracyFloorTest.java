package io.understudy.characterizer.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.dataset.DatasetException;
import io.understudy.surrogate.event.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyFloorTest {
  @TempDir private Path dataset;

  private void write(String json) throws IOException {
    Files.writeString(dataset.resolve("accuracy.json"), json);
  }

  @Test
  void readsWhatTheRepeatedRunsSay() throws IOException {
    write(
        """
        {"runs": 4, "reference": {"reltol": 1e-6, "max_step_s": 2e-11},
         "errors": {"runs": 4, "events": 99, "output_rmse": 0.001, "latency_mape": 0.002,
                    "energy_mape": {"E1": 0.003}, "energy_run_mean": 0.004,
                    "energy_total": 0.005, "state_rmse_v": {"v_out": 1e-5}}}
        """);
    AccuracyFloor floor = AccuracyFloor.of(dataset).orElseThrow();
    assertEquals(4, floor.runs());
    assertEquals(new AccuracyFloor.Reference(1e-6, 2e-11), floor.reference());
    assertEquals(0.001, floor.errors().outputRmse());
    assertEquals(Map.of(EventKind.E1, 0.003), floor.errors().energyMape());
    assertEquals(Map.of("v_out", 1e-5), floor.errors().stateRmseV());
    assertNull(floor.errors().spikeF1());
  }

  @Test
  void isEmptyWhereNothingWasRepeated() {
    assertTrue(AccuracyFloor.of(dataset).isEmpty());
  }

  @Test
  void namesAFileThatCannotBeRead() throws IOException {
    write("{\"runs\": \"many\"}");
    DatasetException e = assertThrows(DatasetException.class, () -> AccuracyFloor.of(dataset));
    assertTrue(e.getMessage().startsWith(dataset.resolve("accuracy.json") + ": "), e.getMessage());
    write("{\"runs\": 3}");
    e = assertThrows(DatasetException.class, () -> AccuracyFloor.of(dataset));
    assertTrue(e.getMessage().contains("errors: none (expected: "), e.getMessage());
  }
}
