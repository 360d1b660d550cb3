package io.understudy.characterizer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.ProgressListener;
import io.understudy.characterizer.dataset.AccuracyReport;
import io.understudy.characterizer.evaluate.SizePoint;
import io.understudy.characterizer.train.SyntheticNeuron;
import io.understudy.characterizer.train.TrainOptions;
import io.understudy.characterizer.train.Trainer;
import io.understudy.characterizer.train.Training;
import io.understudy.characterizer.train.TrainingReport;
import io.understudy.surrogate.circuit.CircuitFolder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  private static final int MOST_PAGE_BYTES = 700_000;
  private static final int MOST_REPORT_BYTES = 60_000;
  private static final Pattern IMAGE = Pattern.compile("src=\"data:image/png;base64,([^\"]+)\"");

  @TempDir private static Path directory;

  private static Training training;
  private static String page;

  @BeforeAll
  static void train() throws IOException {
    CircuitFolder folder = SyntheticNeuron.folder(directory.resolve("synthetic"), 20, 0, false);
    SyntheticNeuron.dataset(directory.resolve("data"), folder, 60, 1);
    Files.writeString(
        directory.resolve("data").resolve(AccuracyReport.FILE),
        """
        {"runs": 3, "reference": {"reltol": 1e-6, "max_step_s": 2e-11},
         "errors": {"spike_f1": 0.9876, "latency_mape": 0.00123, "energy_mape": {},
                    "state_rmse_v": {}}}
        """);
    training = train(folder, "one");
    page = Files.readString(ReportPage.write(training));
  }

  private static Training train(CircuitFolder folder, String out) {
    TrainOptions options =
        new TrainOptions(
            directory.resolve(out).resolve("1"), null, List.of(), 2, LocalDate.of(2026, 1, 1));
    return Trainer.train(folder, directory.resolve("data"), options, ProgressListener.NONE);
  }

  @Test
  void fetchesNothingAndRunsNothing() {
    assertFalse(page.contains("http:") || page.contains("https:"));
    assertFalse(page.contains("<script") || page.contains("<link") || page.contains("url("));
    Matcher source = Pattern.compile("src=\"(?!data:)").matcher(page);
    assertFalse(source.find());
    Matcher reference = Pattern.compile("href=\"(?!#)").matcher(page);
    assertFalse(reference.find());
  }

  @Test
  void showsEveryPartOfTheReport() {
    for (String part :
        List.of(
            "How exact it is",
            "Whole runs in closed loop",
            "Energy",
            "Error against size",
            "Predictors one by one",
            "What the features bring",
            "Where it comes from",
            "Trained ranges")) {
      assertTrue(page.contains(part), part);
    }
    assertFalse(page.contains("{{"), "an unfilled place");
  }

  @Test
  void showsErrorsBesideNgspicesOwn() {
    String f1 = String.format("%.4f", training.report().errors().closed().spikeF1());
    assertTrue(page.contains(">" + f1 + "</td>"), f1);
    assertTrue(page.contains(">0.9876</td>"));
    assertTrue(page.contains(">0.123 %</td>"));
    assertTrue(page.contains("3 runs of the training data were done again with reltol 1.0E-6"));
  }

  @Test
  void namesWhereItComesFrom() {
    for (String value :
        List.of(
            training.manifest().circuitSha256(),
            training.manifest().provenance().datasetSha256(),
            "2026-01-01",
            "reltol&#61;1.0E-4",
            "version 4.3.0",
            "early_stopping_rounds")) {
      assertTrue(page.contains(value), value);
    }
  }

  @Test
  void showsPicturesThatCanBeRead() throws IOException {
    Matcher images = IMAGE.matcher(page);
    int count = 0;
    while (images.find()) {
      byte[] bytes = Base64.getDecoder().decode(images.group(1));
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
      assertTrue(image.getWidth() > 400 && image.getHeight() > 300);
      count++;
    }
    // A scatter and a histogram for each predictor but the decision, and seven of whole runs.
    assertEquals(2 * (training.report().predictors().size() - 1) + 7, count);
  }

  @Test
  void isSmallEnoughToBeKept() throws IOException {
    assertTrue(page.length() < MOST_PAGE_BYTES, String.valueOf(page.length()));
    long json = Files.size(training.directory().resolve(TrainingReport.FILE));
    assertTrue(json < MOST_REPORT_BYTES, String.valueOf(json));
  }

  @Test
  void writesTheSameBytesAgain() throws IOException {
    Training again = train(training.folder(), "two");
    assertEquals(page, Files.readString(ReportPage.write(again)));
  }

  @Test
  void readsTheReportThatWasWritten() {
    assertEquals(
        training.report(), TrainingReport.read(training.directory().resolve(TrainingReport.FILE)));
  }

  @Test
  void endsTheCurveOfSizesAtTheSurrogateItself() {
    List<SizePoint> curve = training.report().sizeCurve();
    assertEquals(List.of(0.1, 0.25, 0.5, 0.75, 1.0), curve.stream().map(SizePoint::share).toList());
    SizePoint last = curve.get(curve.size() - 1);
    assertEquals(training.report().trees(), last.trees());
    assertEquals(training.report().leaves(), last.leaves());
    assertEquals(SizePoint.errors(training.report().errors().closed()), last.closedLoop());
    assertTrue(curve.get(0).trees() < last.trees() / 5);
    assertTrue(
        curve.get(0).closedLoop().get("energy_run_mean") > last.closedLoop().get("energy_run_mean"),
        curve.toString());
  }

  @Test
  void comparesEachPredictorWithTheBaselines() {
    var quantities = training.report().baselines().quantities();
    assertEquals(training.report().predictors().size(), quantities.size());
    assertEquals(
        List.of("charge", "v", "limit", "periods"), training.report().baselines().features());
    // The decision is v + charge > limit: a line draws it, a mean cannot.
    Map<String, ?> decision = quantities.get(0).scores();
    assertEquals("INPUT_spike", quantities.get(0).predictor());
    assertEquals(
        List.of("mean", "nearest", "linear", "lightgbm", "surrogate"),
        List.copyOf(decision.keySet()));
    assertEquals(0.0, quantities.get(0).scores().get("mean").f1());
    assertTrue(quantities.get(0).scores().get("linear").f1() > 0.95);
    assertTrue(
        quantities.get(0).scores().get("surrogate").f1()
            > quantities.get(0).scores().get("nearest").f1());
  }
}
