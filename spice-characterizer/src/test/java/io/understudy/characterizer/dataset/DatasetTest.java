package io.understudy.characterizer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.Circuits;
import io.understudy.characterizer.extract.GoldenEvent;
import io.understudy.characterizer.stimulus.InputSchedule;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.LabelHash;
import io.understudy.surrogate.event.EventKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
  private static final CircuitFolder NEURON = Circuits.shipped("lif_neuron");

  @TempDir private Path directory;

  @Test
  void readsBackWhatWasWritten() throws IOException {
    write(event(2e-9, 1e-13));
    DatasetReader reader = DatasetReader.open(directory, NEURON);
    List<DatasetRow> rows = new ArrayList<>();
    reader.forEach(rows::add);
    assertEquals(List.of(0, 1), rows.stream().map(DatasetRow::run).toList());
    DatasetRow row = rows.get(1);
    assertEquals(EventKind.E3, row.kind());
    assertEquals(3, row.periods());
    assertEquals(2e-9, row.values()[reader.columnIndex("latency_s")]);
    assertEquals(1e-13, row.values()[reader.columnIndex("energy_j")]);
    assertEquals(0.6, row.values()[reader.columnIndex("v_adap")]);
    assertEquals(0.2, row.values()[reader.columnIndex("v_ca_start")]);
    assertEquals(1.2, row.values()[reader.columnIndex("v_ca_end")]);
    assertTrue(Double.isNaN(row.values()[reader.columnIndex("weight")]));
  }

  @Test
  void leavesNoPartsBehind() throws IOException {
    write(event(2e-9, 1e-13));
    assertFalse(Files.exists(directory.resolve("parts")));
  }

  @Test
  void refusesToWriteALabelThatIsNotFinite() {
    DatasetException e = assertThrows(DatasetException.class, () -> write(event(2e-9, Double.NaN)));
    assertEquals("run 1, step 4: label NaN (expected: a finite value)", e.getMessage());
  }

  @Test
  void refusesALabelThatIsMissingWhenItReads() throws IOException {
    write(event(Double.NaN, 1e-13));
    String text =
        new String(
            new GZIPInputStream(Files.newInputStream(directory.resolve("events.csv.gz")))
                .readAllBytes(),
            StandardCharsets.UTF_8);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(directory.resolve("events.csv.gz")))) {
      out.write(text.replaceFirst("1E-13", "").getBytes(StandardCharsets.UTF_8));
    }
    DatasetReader reader = DatasetReader.open(directory, NEURON);
    DatasetException e = assertThrows(DatasetException.class, () -> reader.forEach(row -> {}));
    assertTrue(
        e.getMessage().endsWith("run 0, step 4, energy_j: '' (expected: a finite value)"),
        e.getMessage());
  }

  @Test
  void refusesTheDatasetOfAnotherCircuitNamingBoth() throws IOException {
    write(event(2e-9, 1e-13));
    DatasetException e =
        assertThrows(
            DatasetException.class, () -> DatasetReader.open(directory, Circuits.rcStage()));
    assertTrue(e.getMessage().contains("circuit: lif_neuron (expected: rc_stage"), e.getMessage());
  }

  @Test
  void refusesTheDatasetOfAnotherNetlistNamingBothHashes() throws IOException {
    write(event(2e-9, 1e-13));
    Path schema = directory.resolve("schema.json");
    String hash = LabelHash.of(NEURON);
    Files.writeString(schema, Files.readString(schema).replace(hash, "0".repeat(64)));
    DatasetException e =
        assertThrows(DatasetException.class, () -> DatasetReader.open(directory, NEURON));
    assertTrue(e.getMessage().contains("0".repeat(64) + " (expected: " + hash), e.getMessage());
  }

  @Test
  void refusesAnotherFormatAndAnUnfinishedDataset() throws IOException {
    assertTrue(
        assertThrows(DatasetException.class, () -> DatasetReader.open(directory, NEURON))
            .getMessage()
            .contains("no such file"));
    write(event(2e-9, 1e-13));
    Path schema = directory.resolve("schema.json");
    Files.writeString(schema, Files.readString(schema).replace("\"format\" : 2", "\"format\" : 9"));
    assertTrue(
        assertThrows(DatasetException.class, () -> DatasetReader.open(directory, NEURON))
            .getMessage()
            .contains("format: 9 (expected: 1 to 2)"));
  }

  private void write(GoldenEvent event) throws IOException {
    Circuit circuit = NEURON.circuit();
    DatasetSchema schema =
        DatasetSchema.of(NEURON, 1, 2, new DatasetSchema.Simulator("39", 1e-5, 1e-10, "trap"));
    DatasetWriter writer = DatasetWriter.open(directory, schema, circuit.inputColumns().size());
    // Runs may end in any order.
    for (int run = 1; run >= 0; run--) {
      writer.write(run, List.of(0.5, 0.6, 0.57, 0.7), List.of(event));
    }
    writer.complete();
  }

  private static GoldenEvent event(double latencyS, double energyJ) {
    return new GoldenEvent(
        EventKind.E3,
        new InputSchedule.Interval(4, 3, false, List.of(), List.of()),
        new double[] {0.1, 0.2, 0.3, 0.4, 0.5},
        Double.isNaN(latencyS) ? 0 : 1,
        latencyS,
        energyJ,
        new double[] {0},
        Double.NaN,
        new double[] {1.1, 1.2, 1.3, 1.4, 1.5});
  }
}
