package io.understudy.characterizer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.event.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyReportTest {
  @TempDir private Path dataset;

  @Test
  void readsWhatWasWritten() throws IOException {
    AccuracyReport report =
        new AccuracyReport(
            4,
            new AccuracyReport.Reference(1e-6, 2e-11),
            new EventErrors(
                4,
                99,
                null,
                null,
                null,
                0.002,
                Map.of(EventKind.E1, 0.003),
                Map.of(EventKind.E1, 0.001),
                0.004,
                0.005,
                0.001,
                Map.of("v_out", 1e-5)));
    report.write(dataset);
    assertEquals(report, AccuracyReport.read(dataset).orElseThrow());
  }

  @Test
  void isEmptyWhereNothingWasChecked() {
    assertTrue(AccuracyReport.read(dataset).isEmpty());
  }

  @Test
  void namesAFileThatCannotBeRead() throws IOException {
    Path file = dataset.resolve(AccuracyReport.FILE);
    Files.writeString(file, "{\"runs\": \"many\"}");
    DatasetException e = assertThrows(DatasetException.class, () -> AccuracyReport.read(dataset));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    Files.writeString(file, "{\"runs\": 3}");
    e = assertThrows(DatasetException.class, () -> AccuracyReport.read(dataset));
    assertTrue(e.getMessage().contains("errors: none (expected: "), e.getMessage());
  }
}
