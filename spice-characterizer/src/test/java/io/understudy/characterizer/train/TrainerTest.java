package io.understudy.characterizer.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.Circuits;
import io.understudy.characterizer.ProgressListener;
import io.understudy.characterizer.dataset.DatasetException;
import io.understudy.characterizer.dataset.DatasetWriter;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.provenance.SurrogateManifest;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
  private static final int RUNS = 60;

  @TempDir private Path directory;

  private CircuitFolder neuron(int trees, double noise, boolean ownStates) throws IOException {
    String name = "circuit_" + trees + "_" + ownStates;
    CircuitFolder folder = SyntheticNeuron.folder(directory.resolve(name), trees, noise, ownStates);
    if (!Files.exists(data())) {
      SyntheticNeuron.dataset(data(), folder, RUNS, 1);
    }
    return folder;
  }

  private Path data() {
    return directory.resolve("data");
  }

  private TrainingReport train(CircuitFolder folder, String out, int threads) {
    TrainOptions options = new TrainOptions(directory.resolve(out), null, List.of(), threads, DAY);
    return Trainer.run(folder, data(), options, ProgressListener.NONE);
  }

  private SortedMap<String, List<Byte>> bytes(String out) throws IOException {
    SortedMap<String, List<Byte>> all = new TreeMap<>();
    try (var files = Files.list(directory.resolve(out))) {
      for (Path file : files.toList()) {
        byte[] content = Files.readAllBytes(file);
        List<Byte> list = new java.util.ArrayList<>();
        for (byte b : content) {
          list.add(b);
        }
        all.put(file.getFileName().toString(), list);
      }
    }
    return all;
  }

  @Test
  void learnsANeuronThatIsComputedByFormula() throws IOException {
    TrainingReport report = train(neuron(60, 0, false), "1", 2);
    EventErrors closed = report.errors().closed();
    assertTrue(closed.spikeF1() > 0.97, closed.toString());
    assertTrue(closed.latencyMape() < 0.02, closed.toString());
    assertTrue(closed.energyRunMean() < 0.03, closed.toString());
    EventErrors open = report.errors().open();
    assertTrue(open.stateRmseV().get("v") < 0.05, open.toString());
    assertEquals(42, report.runs().train());
    assertEquals(9, report.runs().validation());
    assertEquals(9, report.runs().test());
  }

  @Test
  void findsTheThresholdsCoefficients() throws IOException {
    CircuitFolder folder = neuron(5, 0, false);
    train(folder, "1", 1);
    double[] fit =
        SurrogatePackage.read(directory.resolve("1"), folder).manifest().fits().get("v_th");
    assertArrayEquals(new double[] {0, 1}, fit, 0.05);
  }

  @Test
  void recordsWhatItSawOfEachQuantity() throws IOException {
    CircuitFolder folder = neuron(5, 0, false);
    train(folder, "1", 1);
    Map<String, double[]> ranges =
        SurrogatePackage.read(directory.resolve("1"), folder).manifest().trainedRanges();
    assertEquals(SurrogateManifest.quantities(folder.circuit()), List.copyOf(ranges.keySet()));
    EventTable table = EventTable.read(data(), folder);
    EventTable seen =
        table.of(Set.copyOf(RunSplit.of(table, folder.circuit().training().seed()).train()));
    double longest =
        seen.rows().stream()
            .filter(row -> row.kind() == EventKind.E3)
            .mapToDouble(row -> row.periods())
            .max()
            .orElseThrow();
    assertEquals(longest, ranges.get("periods")[1]);
    double[] states =
        seen.rows().stream().mapToDouble(row -> row.values()[seen.columns().states()]).toArray();
    assertArrayEquals(
        new double[] {
          java.util.Arrays.stream(states).min().orElseThrow(),
          java.util.Arrays.stream(states).max().orElseThrow()
        },
        ranges.get(folder.circuit().stateNames().get(0)));
  }

  @Test
  void writesTheSameBytesOnOneThreadAndOnTwo() throws IOException {
    CircuitFolder folder = neuron(10, 0.01, true);
    train(folder, "a/1", 1);
    train(folder, "b/1", 2);
    assertEquals(bytes("a/1"), bytes("b/1"));
  }

  @Test
  void scoresAWorseModelWorse() throws IOException {
    EventErrors good = train(neuron(60, 0, false), "good", 2).errors().closed();
    EventErrors bad = train(neuron(1, 0, false), "bad", 2).errors().closed();
    assertTrue(
        bad.energyMape().get(EventKind.E2) > 5 * good.energyMape().get(EventKind.E2),
        bad + " " + good);
    assertTrue(bad.energyRunMean() > good.energyRunMean(), bad + " " + good);
  }

  @Test
  void teachesItWithItsOwnStatesToo() throws IOException {
    TrainingReport once = train(neuron(30, 0, false), "once", 2);
    TrainingReport twice = train(neuron(30, 0, true), "twice", 2);
    assertTrue(
        twice.predictors().get(0).rows() > 1.5 * once.predictors().get(0).rows(), twice.toString());
    assertTrue(twice.errors().closed().spikeF1() > 0.95, twice.toString());
  }

  @Test
  void measuresOnADatasetOfAnotherSeed() throws IOException {
    CircuitFolder folder = neuron(30, 0, false);
    Path unseen = directory.resolve("unseen");
    SyntheticNeuron.dataset(unseen, folder, 7, 2);
    TrainOptions options = new TrainOptions(directory.resolve("1"), null, List.of(), 2, DAY);
    TrainingReport report =
        Trainer.run(folder, data(), options.measuredOn(unseen), ProgressListener.NONE);
    assertEquals(7, report.elsewhere().closed().runs());
    SurrogatePackage read = SurrogatePackage.read(directory.resolve("1"), folder);
    assertEquals(
        report.elsewhere().closed().spikeF1(), read.manifest().errors().get("closed_spike_f1"));
    Evaluation again = Evaluation.of(Surrogate.load(folder, read), EventTable.read(unseen, folder));
    assertEquals(report.elsewhere(), again);
  }

  @Test
  void learnsFromFurtherDatasetsButMeasuresOnItsOwn() throws IOException {
    CircuitFolder folder = neuron(5, 0, false);
    Path more = directory.resolve("more");
    SyntheticNeuron.dataset(more, folder, 20, 2);
    TrainOptions options = new TrainOptions(directory.resolve("1"), null, List.of(), 2, DAY);
    TrainingReport without = Trainer.run(folder, data(), options, ProgressListener.NONE);
    TrainingReport with =
        Trainer.run(folder, data(), options.learningFrom(List.of(more)), ProgressListener.NONE);
    assertTrue(
        with.predictors().get(0).rows() > 1.2 * without.predictors().get(0).rows(),
        with.toString());
    assertEquals(without.runs(), with.runs());
    assertEquals(without.errors().open().events(), with.errors().open().events());
  }

  @Test
  void refusesToMeasureOnTheSeedItLearnedFrom() throws IOException {
    CircuitFolder folder = neuron(5, 0, false);
    TrainOptions options = new TrainOptions(directory.resolve("1"), data(), List.of(), 1, DAY);
    TrainingException e =
        assertThrows(
            TrainingException.class,
            () -> Trainer.run(folder, data(), options, ProgressListener.NONE));
    assertTrue(e.getMessage().endsWith("seed: 1 (expected: another than the training data's)"));
  }

  @Test
  void takesTheNextVersionWhereNoneIsGiven() throws IOException {
    CircuitFolder folder = neuron(1, 0, false);
    for (String version : List.of("1", "2")) {
      TrainOptions options = new TrainOptions(null, null, List.of(), 2, DAY);
      assertEquals(version, Trainer.run(folder, data(), options, ProgressListener.NONE).version());
    }
    assertTrue(Files.exists(folder.directory().resolve("surrogate/2/report.json")));
  }

  @Test
  void refusesTheDatasetOfAnotherCircuit() throws IOException {
    neuron(1, 0, false);
    DatasetException e =
        assertThrows(DatasetException.class, () -> train(Circuits.rcStage(), "1", 1));
    assertTrue(e.getMessage().contains("circuit: synthetic (expected: rc_stage"), e.getMessage());
  }

  @Test
  void refusesAParameterThatVariesByItsRangeButNotInTheData() throws IOException {
    CircuitFolder folder = neuron(1, 0, false);
    Path table = data().resolve(DatasetWriter.EVENTS);
    EventTable read = EventTable.read(data(), folder);
    rewrite(table, line -> fixed(line, read.columns().parameters() + 4, "0.75"));
    TrainingException e = assertThrows(TrainingException.class, () -> train(folder, "1", 1));
    assertEquals(
        data()
            + ": parameter limit: 0.75 in all runs (expected: several values, 0.5 to 1.0 V; more"
            + " runs, or values: [0.75] in circuit.yaml)",
        e.getMessage());
  }

  @Test
  void saysWhichConstantsItLearnsNothingFrom() throws IOException {
    CircuitFolder folder = neuron(1, 0, false);
    Path table = data().resolve(DatasetWriter.EVENTS);
    EventTable read = EventTable.read(data(), folder);
    rewrite(table, line -> fixed(line, read.columns().parameters() + 4, "0.75"));
    Path yaml = folder.directory().resolve("circuit.yaml");
    Files.writeString(
        yaml, Files.readString(yaml).replace("min: 0.5, max: 1.0, default: 0.7", "values: [0.75]"));
    CircuitFolder constant = CircuitReader.read(folder.directory());
    List<String> notes = new ArrayList<>();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void finished(int done, int total) {}

          @Override
          public void note(String text) {
            notes.add(text);
          }
        };
    Trainer.run(
        constant,
        data(),
        new TrainOptions(directory.resolve("1"), null, List.of(), 1, DAY),
        listener);
    assertEquals(
        "the same in all runs: limit = 0.75: how the circuit depends on it is not learned",
        notes.get(0));
  }

  private static String fixed(String line, int cell, String value) {
    String[] cells = line.split(",", -1);
    cells[cell] = cells[0].equals("run") ? cells[cell] : value;
    return String.join(",", cells);
  }

  private static void rewrite(Path table, UnaryOperator<String> change) throws IOException {
    String text;
    try (var in = new GZIPInputStream(Files.newInputStream(table))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    try (var out = new GZIPOutputStream(Files.newOutputStream(table))) {
      for (String line : text.split("\n")) {
        out.write((change.apply(line) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void refusesTooFewRuns() throws IOException {
    CircuitFolder folder = SyntheticNeuron.folder(directory.resolve("c"), 1, 0, false);
    SyntheticNeuron.dataset(data(), folder, 2, 1);
    TrainingException e = assertThrows(TrainingException.class, () -> train(folder, "1", 1));
    assertTrue(e.getMessage().endsWith("runs: 2 (expected: at least 3)"), e.getMessage());
  }

  @Test
  void refusesALogarithmOfATargetBelowZero() throws IOException {
    CircuitFolder folder = neuron(1, 0, false);
    Path yaml = folder.directory().resolve("circuit.yaml");
    Files.writeString(yaml, Files.readString(yaml).replace("transform: asinh", "transform: log"));
    CircuitFolder changed = CircuitReader.read(folder.directory());
    TrainingException e = assertThrows(TrainingException.class, () -> train(changed, "1", 1));
    assertTrue(e.getMessage().startsWith("E2_energy: target -"), e.getMessage());
    assertTrue(e.getMessage().endsWith("(expected: > 0 with transform log)"), e.getMessage());
  }
}
