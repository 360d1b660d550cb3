package io.understudy.characterizer.liberty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.Circuits;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.predict.SurrogateBank;
import io.understudy.surrogate.provenance.SurrogateManifest;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibertyExportTest {
  private static final String NEURON = "lif_neuron";
  private static final String ROW = "crossbar_row_g30";
  private static final double DIGITS = 1e-5;

  private static Surrogate shipped(String name) throws IOException {
    CircuitFolder folder = Circuits.shipped(name);
    return Surrogate.load(
        folder, SurrogatePackage.read(SurrogatePackage.newest(folder).orElseThrow(), folder));
  }

  private static LibertyOptions over(String first, String second) {
    return new LibertyOptions(List.of(first, second), 3, Map.of());
  }

  private static LibertyGroup library(Surrogate surrogate, LibertyOptions options) {
    return LibertyGroup.read(LibertyExport.of(surrogate, options).text());
  }

  private static LibertyGroup output(LibertyGroup library, String port) {
    return library.one("cell").named(port);
  }

  @ParameterizedTest
  @ValueSource(strings = {NEURON, ROW, "crossbar_row_g10", "crossbar_row_opamp"})
  void writesALibraryThatIsWhole(String name) throws IOException {
    Surrogate surrogate = shipped(name);
    var circuit = surrogate.folder().circuit();
    String text = LibertyExport.of(surrogate, LibertyOptions.usual()).text();
    assertEquals(text, LibertyExport.of(surrogate, LibertyOptions.usual()).text());
    LibertyGroup library = LibertyGroup.read(text);
    assertEquals("library", library.name());
    assertEquals("table_lookup", library.attributes().get("delay_model"));
    assertEquals("1ns", library.attributes().get("time_unit"));
    assertEquals("1V", library.attributes().get("voltage_unit"));
    assertEquals("1,ff", library.attributes().get("capacitive_load_unit"));
    assertEquals("1nW", library.attributes().get("leakage_power_unit"));
    assertEquals(
        circuit.supplies().stream().mapToDouble(s -> s.volts().constant()).max().orElseThrow(),
        library.number("nom_voltage"));
    assertEquals(27, library.number("nom_temperature"));
    LibertyGroup cell = library.one("cell");
    assertEquals(name, cell.argument());
    assertTrue(Double.isFinite(cell.number("cell_leakage_power")));
    assertEquals("true", cell.named(circuit.macro().clock()).attributes().get("clock"));
    circuit
        .macro()
        .inputs()
        .values()
        .forEach(port -> assertEquals("input", cell.named(port).attributes().get("direction")));
    LibertyGroup output = cell.named(circuit.macro().outputs().get(circuit.output().name()));
    assertEquals("output", output.attributes().get("direction"));
    int tables = 0;
    for (LibertyGroup arc : output.groups()) {
      assertEquals(circuit.macro().clock(), arc.attributes().get("related_pin"));
      for (LibertyGroup table : arc.groups()) {
        if (!table.argument().equals("scalar")) {
          assertFits(table, library.named(table.argument()));
          tables++;
        }
      }
    }
    assertEquals(circuit.hasEventOutput() ? 3 : 4, tables);
    for (LibertyGroup type : library.all("type")) {
      assertEquals(type.number("bit_width"), type.number("bit_from") - type.number("bit_to") + 1);
    }
  }

  private static void assertFits(LibertyGroup table, LibertyGroup template) {
    List<Double> first = template.numbers("index_1").get(0);
    List<Double> second = template.numbers("index_2").get(0);
    for (List<Double> index : List.of(first, second)) {
      for (int k = 1; k < index.size(); k++) {
        assertTrue(index.get(k) > index.get(k - 1), index.toString());
      }
    }
    List<List<Double>> values = table.numbers("values");
    assertEquals(first.size(), values.size(), table.name());
    for (List<Double> row : values) {
      assertEquals(second.size(), row.size(), table.name());
      assertTrue(row.stream().allMatch(Double::isFinite), table.name());
    }
  }

  @Test
  void tellsWhatASessionWouldAtEachPointOfANeuron() throws IOException {
    Surrogate surrogate = shipped(NEURON);
    LibertyGroup library = library(surrogate, LibertyOptions.usual());
    LibertyGroup template = library.one("lu_table_template");
    assertEquals("weight", template.attributes().get("understudy_axis_1"));
    assertEquals("v_mem in V", template.attributes().get("understudy_axis_2"));
    LibertyGroup spike = output(library, "spike");
    List<List<Double>> delay = spike.one("timing").one("cell_rise").numbers("values");
    List<List<Double>> with = spike.one("internal_power").one("rise_power").numbers("values");
    List<List<Double>> without = spike.one("internal_power").one("fall_power").numbers("values");
    double[] parameters = {0.5, 0.5, 0.57, 0.5};
    StepRows rows = new StepRows(1, false);
    rows.reserveRows(1);
    int spikes = 0;
    List<Double> weights = template.numbers("index_1").get(0);
    List<Double> membranes = template.numbers("index_2").get(0);
    for (int i = 0; i < weights.size(); i++) {
      for (int k = 0; k < membranes.size(); k++) {
        SurrogateBank bank = surrogate.open(new double[][] {parameters}, null);
        double[] states = bank.states(0).clone();
        states[0] = membranes.get(k);
        bank.setStates(0, states);
        rows.rows = 1;
        rows.inputs[0] = weights.get(i);
        bank.step(0, rows);
        boolean spikesHere = rows.output[0] > 0;
        spikes += spikesHere ? 1 : 0;
        double energyFj = rows.eventEnergyJ[0] * 1e15;
        assertEquals(spikesHere ? energyFj : 0, with.get(i).get(k), DIGITS * Math.abs(energyFj));
        assertEquals(spikesHere ? 0 : energyFj, without.get(i).get(k), DIGITS * Math.abs(energyFj));
        assertEquals(spikesHere ? rows.delayFs[0] * 1e-6 : 5, delay.get(i).get(k), DIGITS * 5);
      }
    }
    assertTrue(spikes > 5 && spikes < 44, spikes + " spikes");
  }

  @Test
  void tellsARowsStepFromOneLevelToTheOther() throws IOException {
    Surrogate surrogate = shipped(ROW);
    var circuit = surrogate.folder().circuit();
    LibertyGroup out = output(library(surrogate, over("in", "in_prev")), "out_code");
    double[] parameters =
        circuit.parameterColumns().stream()
            .mapToDouble(name -> circuit.liberty().parameters().getOrDefault(name, 0.0))
            .toArray();
    StepRows rows = new StepRows(32, true);
    rows.reserveRows(1);
    SurrogateBank bank = surrogate.open(new double[][] {parameters}, null);
    for (int step = 0; step < 2; step++) {
      rows.rows = 1;
      Arrays.fill(rows.inputs, step == 0 ? -0.8 : 0.8);
      bank.step(4L * step, rows);
    }
    LibertyGroup timing = out.one("timing");
    LibertyGroup power = out.one("internal_power");
    double energyFj = 1e15 * rows.eventEnergyJ[0];
    // From -0.8 V to 0.8 V: the last of the new levels, the first of the old ones.
    assertEquals(
        rows.delayFs[0] * 1e-6, timing.one("cell_rise").numbers("values").get(2).get(0), DIGITS);
    assertEquals(4, timing.one("cell_fall").numbers("values").get(2).get(0));
    assertEquals(
        energyFj, power.one("rise_power").numbers("values").get(2).get(0), DIGITS * energyFj);
    assertEquals(0, power.one("fall_power").numbers("values").get(2).get(0));
    // And back.
    assertTrue(timing.one("cell_fall").numbers("values").get(0).get(2) < 1);
    assertEquals(4, timing.one("cell_rise").numbers("values").get(0).get(2));
    // The same level again is no event: a period at rest.
    assertEquals(4, timing.one("cell_rise").numbers("values").get(1).get(1));
    assertEquals(4, timing.one("cell_fall").numbers("values").get(1).get(1));
    assertTrue(power.one("fall_power").numbers("values").get(1).get(1) > 0);
  }

  @Test
  void takesTheLeakageFromAnIdleStretch() throws IOException {
    Surrogate surrogate = shipped(NEURON);
    SurrogateBank bank = surrogate.open(new double[][] {{0.5, 0.5, 0.57, 0.5}}, null);
    bank.close(LibertyExport.REST_PERIODS);
    double nanowatts = 1e9 * bank.totals().staticJ / LibertyExport.REST_PERIODS / 5e-9;
    double stated =
        library(surrogate, LibertyOptions.usual()).one("cell").number("cell_leakage_power");
    assertEquals(nanowatts, stated, DIGITS * nanowatts);
    assertTrue(nanowatts > 0);
  }

  @Test
  void hasOtherAxesAndParametersWhenAsked() throws IOException {
    Surrogate surrogate = shipped(NEURON);
    LibertyGroup knobs = library(surrogate, over("v_lk", "v_ca")).one("lu_table_template");
    assertEquals(List.of(0.4, 0.6, 0.8), knobs.numbers("index_1").get(0));
    String leaky =
        LibertyExport.of(surrogate, new LibertyOptions(List.of(), 2, Map.of("v_lk", 0.8))).text();
    assertTrue(leaky.contains("v_lk=0.8"), leaky);
    LibertyGroup weights = library(shipped(ROW), over("in1", "w3")).one("lu_table_template");
    assertEquals(List.of(-1.0, 0.0, 1.0), weights.numbers("index_2").get(0));
    assertEquals("in1 in V", weights.attributes().get("understudy_axis_1"));
  }

  @Test
  void countsThePointsThatTrainingDidNotSeeTheLikeOf() throws IOException {
    Surrogate shipped = shipped(ROW);
    SurrogateManifest m = shipped.source().manifest();
    Map<String, double[]> ranges = new LinkedHashMap<>();
    SurrogateManifest.quantities(shipped.folder().circuit())
        .forEach(quantity -> ranges.put(quantity, new double[] {-100, 100}));
    ranges.put("in5", new double[] {-0.5, 0.8});
    SurrogateManifest narrow =
        new SurrogateManifest(
            m.format(),
            m.circuit(),
            m.circuitSha256(),
            m.provenance(),
            m.fits(),
            m.predictors(),
            m.errors(),
            ranges);
    Surrogate surrogate =
        Surrogate.load(
            shipped.folder(), new SurrogatePackage("1", narrow, shipped.source().trees()));
    LibertyExport.Exported exported = LibertyExport.of(surrogate, over("in", "bias"));
    assertEquals(9, exported.points());
    assertEquals(3, exported.outside() - LibertyExport.of(shipped, over("in", "bias")).outside());
  }

  @Test
  void refusesWhatTheCircuitDoesNotHave() throws IOException {
    Surrogate neuron = shipped(NEURON);
    assertRefused(neuron, over("weight", "v_x"), "axis: v_x (expected: one of [weight, v_sf, ");
    assertRefused(neuron, over("v_mem", "v_ca"), "axis: v_ca (expected: one state at most)");
    assertRefused(
        neuron,
        new LibertyOptions(List.of(), 3, Map.of("v_x", 1.0)),
        "parameter v_x: unknown (expected: one of [v_sf, ");
    assertRefused(
        neuron,
        new LibertyOptions(List.of(), 3, Map.of("v_lk", 1.0)),
        "parameter v_lk: 1.0 (expected: 0.4 to 0.8 V)");
    assertThrows(LibertyException.class, () -> new LibertyOptions(List.of(), 1, Map.of()));
    assertThrows(LibertyException.class, () -> new LibertyOptions(List.of("a"), 2, Map.of()));
  }

  private static void assertRefused(Surrogate surrogate, LibertyOptions options, String message) {
    LibertyException e =
        assertThrows(LibertyException.class, () -> LibertyExport.of(surrogate, options));
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }
}
