package io.understudy.characterizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.dataset.DatasetException;
import io.understudy.characterizer.dataset.DatasetReader;
import io.understudy.characterizer.dataset.DatasetSchema;
import io.understudy.surrogate.circuit.Characterization;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A circuit that no Java knows, from its data to a dataset. */
class CharacterizerTest {
  private static final double CAPACITANCE_F = 1e-12;

  @TempDir private Path directory;

  @Test
  void givesTheSameBytesWhateverTheNumberOfJobs() throws IOException {
    characterize(Circuits.rcStage(), 4, 1, "one");
    characterize(Circuits.rcStage(), 4, 2, "two");
    for (String file : List.of("events.csv.gz", "schema.json")) {
      assertArrayEquals(
          Files.readAllBytes(directory.resolve("one").resolve(file)),
          Files.readAllBytes(directory.resolve("two").resolve(file)));
    }
  }

  @Test
  void labelsTheRcStageAsTheTextbookSays() {
    CircuitFolder rc = Circuits.rcStage();
    DatasetSchema schema = characterize(rc, 4, 2, "rc");
    DatasetReader reader = DatasetReader.open(directory.resolve("rc"), rc);
    int dac = reader.columnIndex("dac");
    int previous = reader.columnIndex("dac_prev");
    int kohm = reader.columnIndex("r_kohm");
    int start = reader.columnIndex("v_out_start");
    int out = reader.columnIndex("out");
    int energy = reader.columnIndex("energy_j");
    int latency = reader.columnIndex("latency_s");
    long[] periods = new long[schema.runs()];
    int[] latencies = {0};
    reader.forEach(
        row -> {
          double[] v = row.values();
          double tauS = v[kohm] * 1e-9;
          double endS = 5e-9 * row.periods();
          assertEquals(periods[row.run()], row.step(), "no gap between events");
          periods[row.run()] += row.periods();
          if (row.kind() == EventKind.E3) {
            assertEquals(v[dac], v[previous]);
            assertEquals(v[dac] + (v[start] - v[dac]) * Math.exp(-endS / tauS), v[out], 1e-4);
            assertEquals(v[dac] * CAPACITANCE_F * (v[out] - v[start]), v[energy], 2e-16);
            return;
          }
          assertEquals(EventKind.E1, row.kind());
          // The ramp of 0.1 ns adds up to a mean input during it.
          double rampS = 0.1e-9;
          double gain = tauS / rampS * (Math.exp(rampS / tauS) - 1);
          double decay = Math.exp(-endS / tauS);
          double expected =
              v[dac] + (v[start] - v[previous]) * decay + (v[previous] - v[dac]) * gain * decay;
          assertEquals(expected, v[out], 2e-4);
          if (!Double.isNaN(v[latency])) {
            latencies[0]++;
            assertTrue(v[latency] > 0.5 * tauS && v[latency] < 5e-9);
          }
        });
    for (long count : periods) {
      assertEquals(schema.periods(), count);
    }
    assertTrue(latencies[0] > 50, "events with a latency: " + latencies[0]);
  }

  @Test
  void simulatesRefinedRunsForTheirOwnLength() throws IOException {
    CircuitFolder row = Circuits.shipped("crossbar_row_opamp");
    Surrogate guide =
        Surrogate.load(row, SurrogatePackage.read(SurrogatePackage.newest(row).orElseThrow(), row));
    Characterization plan = row.circuit().characterization();
    int periods = plan.refinement().periods();
    assertTrue(periods < plan.periods(), "a refinement that can show it");
    Path out = directory.resolve("refined");
    DatasetSchema schema =
        Characterizer.run(
                row, new CharacterizeOptions(2, 1, 2, out, false, 0, guide), ProgressListener.NONE)
            .schema();
    assertEquals(periods, schema.periods());
    long[] simulated = new long[2];
    DatasetReader.open(out, row).forEach(event -> simulated[event.run()] += event.periods());
    assertArrayEquals(new long[] {periods, periods}, simulated);
  }

  @Test
  void drawsTheSameFirstRunsForMoreRuns() {
    characterize(Circuits.rcStage(), 2, 2, "few");
    characterize(Circuits.rcStage(), 3, 2, "more");
    List<String> few = rows("few");
    assertEquals(few, rows("more").subList(0, few.size()));
  }

  @Test
  void namesTheRunTheSeedAndNgspicesMessageOfAFailure() throws IOException {
    CircuitFolder broken =
        Circuits.rcStageWith(
            Files.createDirectory(directory.resolve("broken")),
            "* a model that nobody defines\nm_1 in in out 0 no_such_card w=1u l=1u\n");
    CharacterizationException e =
        assertThrows(CharacterizationException.class, () -> characterize(broken, 2, 1, "data"));
    assertTrue(e.getMessage().startsWith("rc_stage, run 0 of seed 3: "), e.getMessage());
    assertTrue(e.getMessage().contains("no_such_card"), e.getMessage());
  }

  @Test
  void namesANodeThatTheNetlistLacks() throws IOException {
    CircuitFolder broken =
        Circuits.rcStageWith(
            Files.createDirectory(directory.resolve("broken")),
            "* its output is called otherwise\nr_1 in elsewhere 1k\nc_1 elsewhere 0 1p\n");
    CharacterizationException e =
        assertThrows(CharacterizationException.class, () -> characterize(broken, 1, 1, "data"));
    assertTrue(e.getMessage().startsWith("rc_stage, run 0 of seed 3: "), e.getMessage());
    assertTrue(e.getMessage().contains("v(out)"), e.getMessage());
    assertTrue(e.getMessage().contains(broken.netlist().toString()), e.getMessage());
  }

  @Test
  void namesRunStepAndNetlistOfATransientThatDoesNotConverge() throws IOException {
    CircuitFolder wild =
        Circuits.rcStageWith(
            Files.createDirectory(directory.resolve("wild")),
            """
            * Behaves until a node has charged, then no time step is small enough.
            r_1 in out {r_kohm * 1k}
            c_1 out 0 1p
            i_2 0 slow 1u
            c_2 slow 0 10f
            r_2 slow 0 1meg
            b_1 out 0 i = v(slow) > 0.5 ? (sin(1e12 * time) > 0 ? 1e3 / (v(out) - 0.3) : exp(1e3 * v(out))) : 0
            .ic v(slow)=0
            """);
    CharacterizationException e =
        assertThrows(CharacterizationException.class, () -> characterize(wild, 1, 1, "data"));
    assertTrue(
        e.getMessage().startsWith("rc_stage, run 0 of seed 3: does not converge "), e.getMessage());
    assertTrue(e.getMessage().contains("Timestep too small"), e.getMessage());
    // After 10 ns ln 2 the node has charged to 0.5 V: in the second period of 5 ns.
    assertTrue(e.getMessage().endsWith("(in step 1 of " + wild.netlist() + ")"), e.getMessage());
  }

  @Test
  void keepsADatasetUntilItsSuccessorIsComplete() throws IOException {
    characterize(Circuits.rcStage(), 3, 2, "data");
    byte[] before = Files.readAllBytes(directory.resolve("data/events.csv.gz"));
    CircuitFolder broken =
        Circuits.rcStageWith(
            Files.createDirectory(directory.resolve("broken")), "* Nothing.\nr_1 in x 1k\n");
    assertThrows(CharacterizationException.class, () -> characterize(broken, 3, 1, "data"));
    assertArrayEquals(before, Files.readAllBytes(directory.resolve("data/events.csv.gz")));
    assertEquals(
        3, DatasetReader.open(directory.resolve("data"), Circuits.rcStage()).schema().runs());
  }

  @Test
  void simulatesNothingTwice() throws IOException {
    characterize(Circuits.rcStage(), 6, 2, "whole");
    assertEquals(4, simulated(Circuits.rcStage(), 4, "grown"));
    assertEquals(0, simulated(Circuits.rcStage(), 4, "grown"));
    assertEquals(2, simulated(Circuits.rcStage(), 6, "grown"));
    for (String file : List.of("events.csv.gz", "schema.json")) {
      assertArrayEquals(
          Files.readAllBytes(directory.resolve("whole").resolve(file)),
          Files.readAllBytes(directory.resolve("grown").resolve(file)));
    }
    assertEquals(0, simulated(Circuits.rcStage(), 2, "grown"), "fewer are a part of more");
  }

  @Test
  void mixesNoRunsOfTwoPlans() throws IOException {
    assertEquals(3, simulated(Circuits.rcStage(), 3, "data"));
    CircuitFolder busier =
        Circuits.exampleWith(
            directory.resolve("busier"),
            "rc_stage",
            "activity: {min: 0.3, max: 0.9}",
            "activity: {min: 0.4, max: 0.9}");
    assertEquals(3, simulated(busier, 3, "data"));
    CircuitFolder cubes =
        Circuits.exampleWith(
            directory.resolve("cubes"),
            "rc_stage",
            "  periods: 60",
            "  periods: 60\n  sampling: latin_hypercube");
    assertEquals(3, simulated(cubes, 3, "data"));
    assertEquals(4, simulated(cubes, 4, "data"), "all runs depend on their number");
  }

  @Test
  void refusesToGrowATableThatIsDamaged() throws IOException {
    characterize(Circuits.rcStage(), 2, 2, "data");
    Path table = directory.resolve("data/events.csv.gz");
    byte[] bytes = Files.readAllBytes(table);
    Files.write(table, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    DatasetException e =
        assertThrows(DatasetException.class, () -> characterize(Circuits.rcStage(), 3, 2, "data"));
    assertTrue(e.getMessage().startsWith(table + ": damaged: "), e.getMessage());
    assertTrue(e.getMessage().contains("(expected: the dataset that schema.json"), e.getMessage());
  }

  @Test
  void leavesNothingButTheDataset() throws IOException {
    characterize(Circuits.rcStage(), 2, 2, "data");
    try (var files = Files.list(directory.resolve("data"))) {
      assertEquals(
          List.of(".lock", "events.csv.gz", "schema.json"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void goesOnWithThePartsOfAnEarlierAttempt() throws IOException {
    CircuitFolder rc = Circuits.rcStage();
    characterize(rc, 3, 1, "whole");
    Path data = directory.resolve("resumed");
    CharacterizationException e =
        assertThrows(
            CharacterizationException.class,
            () ->
                Characterizer.run(
                    rc,
                    new CharacterizeOptions(3, 3, 1, data, false),
                    (done, total) -> {
                      if (done == 2) {
                        throw new CharacterizationException("stopped after run 1");
                      }
                    }));
    assertEquals("stopped after run 1", e.getMessage());
    assertTrue(Files.exists(data.resolve("parts/run-000001.csv")));
    assertFalse(Files.exists(data.resolve("schema.json")));
    characterize(rc, 3, 1, "resumed");
    assertArrayEquals(
        Files.readAllBytes(directory.resolve("whole/events.csv.gz")),
        Files.readAllBytes(data.resolve("events.csv.gz")));
  }

  @Test
  void keepsDecksAndResultsWhenAsked() {
    Characterizer.run(
        Circuits.rcStage(),
        new CharacterizeOptions(1, 3, 1, directory.resolve("kept"), true),
        ProgressListener.NONE);
    assertTrue(Files.exists(directory.resolve("kept/ngspice/run-000000/deck.cir")));
    assertTrue(Files.exists(directory.resolve("kept/ngspice/run-000000/run.raw")));
  }

  private DatasetSchema characterize(CircuitFolder folder, int runs, int jobs, String name) {
    return Characterizer.run(
            folder,
            new CharacterizeOptions(runs, 3, jobs, directory.resolve(name), false),
            ProgressListener.NONE)
        .schema();
  }

  private int simulated(CircuitFolder folder, int runs, String name) {
    return Characterizer.run(
            folder,
            new CharacterizeOptions(runs, 3, 2, directory.resolve(name), false),
            ProgressListener.NONE)
        .simulated();
  }

  private List<String> rows(String name) {
    List<String> rows = new ArrayList<>();
    DatasetReader.open(directory.resolve(name), Circuits.rcStage())
        .forEach(row -> rows.add(row.run() + " " + row.step() + List.of(row.values()[0])));
    return rows;
  }
}
