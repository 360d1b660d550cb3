package io.understudy.cli.characterize;

import io.understudy.characterizer.dataset.DatasetException;
import io.understudy.characterizer.train.GoldenSample;
import io.understudy.characterizer.train.GoldenSample.Verification;
import io.understudy.characterizer.train.ScoreSampler;
import io.understudy.cli.ExitStatus;
import io.understudy.cli.Home;
import io.understudy.cli.JsonReport;
import io.understudy.cli.UsageException;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.provenance.PackageException;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code understudy verify}: whether surrogates still have the errors that they state. */
@Command(
    name = "verify",
    description =
        "Computes a surrogate's errors anew, from the golden sample that it carries, and compares them"
            + " with its report; and its predictors' scores with LightGBM's own.",
    sortOptions = false)
public final class VerifyCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "CIRCUIT_DIR",
      arity = "0..*",
      description = "circuits' folders (default: all shipped ones)")
  private List<Path> circuitDirs = List.of();

  @Mixin private SurrogateOption surrogate;

  @Option(
      names = "--take-sample",
      paramLabel = "DATA",
      description = "first gives the surrogate a sample: runs of a dataset of a seed of its own")
  private Path data;

  @Option(
      names = "--runs",
      paramLabel = "K",
      defaultValue = "" + GoldenSample.RUNS,
      description = "runs of that sample (default: ${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--take-scores",
      description =
          "first gives the surrogates LightGBM's scores of some rows, which loading compares with its own")
  private boolean takesScores;

  @Mixin private JsonReport json;

  /** What {@code --json} says. */
  record Verified(boolean passed, List<Verification> surrogates) {}

  @Override
  public Integer call() throws IOException {
    UsageException.checkPositive("--runs", runs);
    if ((surrogate.isGiven() || data != null) && circuitDirs.size() != 1) {
      throw new UsageException(
          "--surrogate, --take-sample: "
              + circuitDirs.size()
              + " circuits (expected: one CIRCUIT_DIR with them)");
    }
    List<Verification> all = new ArrayList<>();
    for (Path directory : circuitDirs.isEmpty() ? shipped() : circuitDirs) {
      CircuitFolder folder = CircuitReader.read(directory);
      Path version = surrogate.of(folder);
      if (data != null) {
        GoldenSample.ship(version, folder, data, runs);
      }
      if (takesScores) {
        ScoreSampler.sampled(SurrogatePackage.read(version, folder)).writeScores(version);
      }
      Verification verification = verify(folder, version);
      all.add(verification);
      print(verification);
    }
    boolean passed = all.stream().allMatch(Verification::passed);
    json.write(new Verified(passed, all));
    return passed ? ExitStatus.OK : ExitStatus.VERDICT;
  }

  /**
   * A package or a sample that cannot be read is a verdict, too: the others are still looked at.
   */
  private static Verification verify(CircuitFolder folder, Path version) throws IOException {
    try {
      // With scores that LightGBM computes now, whether the package has some or not.
      Surrogate.load(folder, ScoreSampler.sampled(SurrogatePackage.read(version, folder)));
      return GoldenSample.verify(version, folder);
    } catch (PackageException | DatasetException e) {
      return new Verification(
          folder.circuit().name(), version.getFileName().toString(), 0, 0, List.of(e.getMessage()));
    }
  }

  private static List<Path> shipped() throws IOException {
    try (Stream<Path> folders = Files.list(Home.models())) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve(CircuitReader.FILE)))
          .sorted()
          .toList();
    }
  }

  private static void print(Verification verification) {
    System.out.printf(
        "%s, surrogate %s: %s%n",
        verification.circuit(),
        verification.version(),
        verification.passed()
            ? verification.figures() + " figures of " + verification.runs() + " runs as stated"
            : "FAILED");
    verification.differences().forEach(line -> System.out.println("  " + line));
  }
}
