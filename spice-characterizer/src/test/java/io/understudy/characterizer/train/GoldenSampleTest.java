package io.understudy.characterizer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.ProgressListener;
import io.understudy.characterizer.dataset.DatasetException;
import io.understudy.characterizer.train.GoldenSample.Verification;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenSampleTest {
  private static final Path MODELS = Path.of("..", "models");
  private static final long MOST_BYTES = 60_000;

  @TempDir private Path directory;

  static List<String> shippedCircuits() throws IOException {
    try (Stream<Path> folders = Files.list(MODELS)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("shippedCircuits")
  void reproducesTheFiguresOfEachShippedReport(String name) throws IOException {
    CircuitFolder folder = CircuitReader.read(MODELS.resolve(name));
    Path shipped = SurrogatePackage.newest(folder).orElseThrow();
    Verification verification = GoldenSample.verify(shipped, folder);
    assertEquals(List.of(), verification.differences());
    assertTrue(verification.runs() >= 3 && verification.figures() > 20, verification.toString());
    Path sample = shipped.resolve(GoldenSample.FOLDER);
    assertTrue(Files.size(sample.resolve("events.csv.gz")) < MOST_BYTES, sample.toString());
    assertTrue(
        EventTable.read(sample, folder).schema().seed()
            != SurrogatePackage.read(shipped, folder)
                .manifest()
                .provenance()
                .characterizationSeed());
  }

  /** A shipped circuit of its own, to be damaged. */
  private CircuitFolder copy() throws IOException {
    Path from = MODELS.resolve("crossbar_row_g30");
    Path to = directory.resolve("crossbar_row_g30");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return CircuitReader.read(to);
  }

  private static Path packageOf(CircuitFolder folder) throws IOException {
    return SurrogatePackage.newest(folder).orElseThrow();
  }

  @Test
  void findsASurrogateOfWhichOneLeafIsAnother() throws IOException {
    CircuitFolder folder = copy();
    SurrogatePackage whole = SurrogatePackage.read(packageOf(folder), folder);
    Map<String, String> trees = new TreeMap<>(whole.trees());
    String text = trees.get("E1_latency.txt.gz");
    Matcher leaves = Pattern.compile("leaf_value=(\\S+)").matcher(text);
    assertTrue(leaves.find());
    double leaf = Double.parseDouble(leaves.group(1));
    trees.put(
        "E1_latency.txt.gz",
        text.substring(0, leaves.start(1)) + 1.5 * leaf + text.substring(leaves.end(1)));
    // Loading would refuse the altered trees by their scores: here the sample has to find them.
    Files.delete(packageOf(folder).resolve(SurrogatePackage.SCORES_FILE));
    new SurrogatePackage(whole.version(), whole.manifest(), trees).write(packageOf(folder));
    Verification verification = GoldenSample.verify(packageOf(folder), folder);
    assertFalse(verification.passed());
    assertTrue(
        verification.differences().stream()
            .allMatch(
                line -> line.matches("(closed|open)_loop\\..*\\(expected: .*, as report.json\\)")),
        verification.toString());
  }

  @Test
  void findsAReportThatFlatters() throws IOException {
    CircuitFolder folder = copy();
    Path report = packageOf(folder).resolve("report.json");
    String text = Files.readString(report);
    int sample = text.indexOf("golden_sample");
    Matcher figure = Pattern.compile("\"energy_total\" : ([-+.0-9E]+)").matcher(text);
    assertTrue(figure.find(sample));
    double flattered = 0.999999 * Double.parseDouble(figure.group(1));
    Files.writeString(
        report, text.substring(0, figure.start(1)) + flattered + text.substring(figure.end(1)));
    List<String> differences = GoldenSample.verify(packageOf(folder), folder).differences();
    assertEquals(1, differences.size(), differences.toString());
    assertTrue(differences.get(0).contains("_loop.energy_total: "), differences.get(0));
  }

  @Test
  void findsASampleThatIsMissingOrCutShort() throws IOException {
    CircuitFolder folder = copy();
    Path sample = packageOf(folder).resolve(GoldenSample.FOLDER);
    Path events = sample.resolve("events.csv.gz");
    byte[] bytes = Files.readAllBytes(events);
    Files.write(events, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThrows(DatasetException.class, () -> GoldenSample.verify(packageOf(folder), folder));
    GoldenSample.remove(packageOf(folder));
    List<String> differences = GoldenSample.verify(packageOf(folder), folder).differences();
    assertTrue(differences.get(0).endsWith("(expected: a golden sample and its figures)"));
  }

  @Test
  void takesTheFirstRunsOfAnotherSeedAlongWithAPackage() throws IOException {
    CircuitFolder folder = SyntheticNeuron.folder(directory.resolve("c"), 5, 0, false);
    Path data = directory.resolve("data");
    Path unseen = directory.resolve("unseen");
    SyntheticNeuron.dataset(data, folder, 20, 1);
    SyntheticNeuron.dataset(unseen, folder, 7, 2);
    Path trained = directory.resolve("1");
    TrainOptions options =
        new TrainOptions(trained, unseen, List.of(), 4, 1, LocalDate.of(2026, 1, 1));
    Trainer.run(folder, data, options, ProgressListener.NONE);
    EventTable whole = EventTable.read(unseen, folder);
    EventTable sample = EventTable.read(trained.resolve(GoldenSample.FOLDER), folder);
    assertEquals(4, sample.schema().runs());
    assertEquals(
        whole.rows().stream().filter(row -> row.run() < 4).map(row -> row.step()).toList(),
        sample.rows().stream().map(row -> row.step()).toList());
    Verification verification = GoldenSample.verify(trained, folder);
    assertTrue(verification.passed(), verification.toString());
    assertEquals(4, verification.runs());
    Trainer.run(folder, data, TrainOptions.of(trained, 1), ProgressListener.NONE);
    assertFalse(Files.exists(trained.resolve(GoldenSample.FOLDER)), "the sample of what it was");
  }

  @Test
  void takesAllRunsWhereThereAreFewerAndNoneOfTheTrainingSeed() throws IOException {
    CircuitFolder folder = SyntheticNeuron.folder(directory.resolve("c"), 5, 0, false);
    Path data = directory.resolve("data");
    Path unseen = directory.resolve("unseen");
    SyntheticNeuron.dataset(data, folder, 20, 1);
    SyntheticNeuron.dataset(unseen, folder, 2, 2);
    Path trained = directory.resolve("1");
    Trainer.run(folder, data, TrainOptions.of(trained, 1), ProgressListener.NONE);
    GoldenSample.ship(trained, folder, unseen, 3);
    assertEquals(2, GoldenSample.verify(trained, folder).runs());
    TrainingException e =
        assertThrows(TrainingException.class, () -> GoldenSample.ship(trained, folder, data, 3));
    assertTrue(e.getMessage().endsWith("seed: 1 (expected: another than the training data's)"));
  }
}
