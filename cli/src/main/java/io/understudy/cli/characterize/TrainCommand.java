package io.understudy.cli.characterize;

import io.understudy.characterizer.report.ReportPage;
import io.understudy.characterizer.train.GoldenSample;
import io.understudy.characterizer.train.TrainOptions;
import io.understudy.characterizer.train.Trainer;
import io.understudy.characterizer.train.Training;
import io.understudy.characterizer.train.TrainingReport;
import io.understudy.cli.ExitStatus;
import io.understudy.cli.JsonReport;
import io.understudy.cli.Progress;
import io.understudy.cli.UsageException;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code understudy train}: a surrogate package from a dataset. */
@Command(name = "train", description = "Trains a surrogate on a dataset.", sortOptions = false)
public final class TrainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CIRCUIT_DIR", description = "the circuit's folder")
  private Path circuitDir;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "the dataset that characterize wrote")
  private Path data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "the package's folder (default: CIRCUIT_DIR/surrogate/NEXT VERSION)")
  private Path out;

  @Option(
      names = "--unseen",
      paramLabel = "DIR",
      description =
          "a dataset of another seed to state the errors on (default: the data's own unseen runs)")
  private Path unseen;

  @Option(
      names = "--more",
      paramLabel = "DIR",
      description = "a further dataset to learn from alone, as characterize --refine writes it")
  private List<Path> more = List.of();

  @Option(
      names = "--golden-runs",
      paramLabel = "K",
      defaultValue = "" + GoldenSample.RUNS,
      description = "runs of --unseen that the package takes along (default: ${DEFAULT-VALUE})")
  private int goldenRuns;

  @Mixin private JsonReport json;

  @Override
  public Integer call() throws IOException {
    UsageException.checkPositive("--golden-runs", goldenRuns);
    CircuitFolder folder = CircuitReader.read(circuitDir);
    TrainOptions options =
        TrainOptions.of(out, Runtime.getRuntime().availableProcessors()).learningFrom(more);
    if (unseen != null) {
      options = options.measuredOn(unseen).withSampleOf(goldenRuns);
    }
    Training training;
    try (Progress progress = new Progress("training " + folder.circuit().name())) {
      training = Trainer.train(folder, data, options, progress);
    }
    Path page = ReportPage.write(training);
    TrainingReport report = training.report();
    System.out.printf(
        "wrote version %s: %d trees, %,d bytes; errors on %d unseen runs:%n",
        report.version(), report.trees(), report.bytes(), report.decisive().closed().runs());
    report
        .decisive()
        .headlines()
        .forEach((name, value) -> System.out.printf("  %-24s %s%n", name, text(name, value)));
    System.out.println("report: " + page);
    json.write(report);
    return ExitStatus.OK;
  }

  private static String text(String name, double value) {
    return name.endsWith("f1")
        ? String.format(java.util.Locale.ROOT, "%.4f", value)
        : String.format("%.3f %%", 100 * value);
  }
}
