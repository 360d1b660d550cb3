package io.understudy.characterizer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetTest {
  private static final CircuitFolder NEURON = Circuits.shipped("lif_neuron");

  private static final String EVENTS = DatasetWriter.EVENTS;

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

  /** Row 2 is run 0, row 3 is run 1; both step 4. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1E-13        | ''     | run 0, step 4, energy_j: '' (expected: a finite value)",
        "1E-13        | NaN    | run 0, step 4, energy_j: 'NaN' (expected: a finite value)",
        "1E-13        | 1E-1e3 | run 0, step 4, energy_j: '1E-1e3' (expected: a finite value)",
        "'\n0,4,E3,3,' | '\n0,4,E3,'  | ':2: after the header: a row of 22 cells (expected: 23): 0,4,E3,'",
        "'\n1,4,E3,3,' | '\n1,4,E3,'  | ':3: after run 0, step 4: a row of 22 cells (expected: 23): 1,4,E3,'",
        "'\n1,4,E3,3,' | '\n1,4,E4,3,' | ':3: after run 0, step 4: event: ''E4'' (expected: one of E1, E2, E3)'",
        "'\n1,4,E3,3,' | '\n1,x,E3,3,' | ':3: after run 0, step 4: step: ''x'' (expected: a whole number)'",
        "'\n1,4,E3,3,' | '\n-1,4,E3,3,' | ':3: after run 0, step 4: run: ''-1'' (expected: a whole number)'",
        "energy_j     | energy  | 'header: run,step,event,periods,weight'",
      })
  void namesTheRowThatIsGarbled(String from, String to, String message) throws IOException {
    write(event(2e-9, 1e-13));
    garble(text -> text.replaceFirst(unescaped(from), unescaped(to)));
    DatasetReader reader = DatasetReader.open(directory, NEURON);
    DatasetException e = assertThrows(DatasetException.class, () -> reader.forEach(row -> {}));
    assertTrue(e.getMessage().contains(EVENTS), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void namesTheRunAfterWhichATableIsCut() throws IOException {
    write(event(2e-9, 1e-13));
    garble(text -> text.substring(0, text.indexOf("\n1,4,") + 1));
    DatasetException e = assertThrows(DatasetException.class, this::read);
    assertTrue(
        e.getMessage().endsWith("ends after run 0, step 4 with 1 rows (expected: 2, the schema's)"),
        e.getMessage());
  }

  @Test
  void namesTheTableWhoseBytesAreCutOrGarbled() throws IOException {
    write(event(2e-9, 1e-13));
    Path table = directory.resolve(EVENTS);
    byte[] whole = Files.readAllBytes(table);
    Files.write(table, java.util.Arrays.copyOf(whole, whole.length - 12));
    DatasetException cut = assertThrows(DatasetException.class, this::read);
    assertTrue(cut.getMessage().contains(EVENTS + ":"), cut.getMessage());
    assertTrue(cut.getMessage().endsWith("(expected: 2 rows)"), cut.getMessage());
    whole[whole.length - 6] ^= 1;
    Files.write(table, whole);
    DatasetException garbled = assertThrows(DatasetException.class, this::read);
    assertTrue(garbled.getMessage().contains("Corrupt GZIP trailer"), garbled.getMessage());
  }

  @Test
  void describesItsColumns() throws IOException {
    write(event(2e-9, 1e-13));
    JsonNode schema = new ObjectMapper().readTree(directory.resolve("schema.json").toFile());
    assertEquals(2, schema.get("format").asInt());
    JsonNode columns = schema.get("columns");
    String header = table().lines().findFirst().orElseThrow();
    List<String> names = new ArrayList<>();
    for (JsonNode column : columns) {
      names.add(column.get("name").asText());
      assertFalse(column.get("meaning").asText().isBlank(), column.toString());
    }
    assertEquals(header, String.join(",", names));
    JsonNode energy = columns.get(names.indexOf("energy_j"));
    assertEquals("J", energy.get("unit").asText());
    assertEquals("delivered by vdd", energy.get("meaning").asText());
    assertEquals("V", columns.get(names.indexOf("v_lk")).get("unit").asText());
  }

  @Test
  void readsFormat1() throws IOException {
    write(event(2e-9, 1e-13));
    Path file = directory.resolve("schema.json");
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode schema = (ObjectNode) mapper.readTree(file.toFile());
    ArrayNode names = mapper.createArrayNode();
    schema.get("columns").forEach(column -> names.add(column.get("name")));
    schema.put("format", 1).remove(List.of("plan_sha256", "sampling"));
    schema.set("columns", names);
    mapper.writeValue(file.toFile(), schema);
    assertEquals(2, read().size());
  }

  private List<DatasetRow> read() {
    List<DatasetRow> rows = new ArrayList<>();
    DatasetReader.open(directory, NEURON).forEach(rows::add);
    return rows;
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n");
  }

  private String table() throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(directory.resolve(EVENTS)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void garble(UnaryOperator<String> change) throws IOException {
    String text = table();
    String changed = change.apply(text);
    assertFalse(changed.equals(text), "nothing to change in " + text);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(directory.resolve(EVENTS)))) {
      out.write(changed.getBytes(StandardCharsets.UTF_8));
    }
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
