package io.understudy.cli.characterize;

import io.understudy.characterizer.CharacterizationResult;
import io.understudy.characterizer.CharacterizeOptions;
import io.understudy.characterizer.Characterizer;
import io.understudy.cli.ExitStatus;
import io.understudy.cli.JsonReport;
import io.understudy.cli.Progress;
import io.understudy.cli.UsageException;
import io.understudy.surrogate.circuit.Characterization;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code understudy characterize}: a circuit's dataset by ngspice. */
@Command(
    name = "characterize",
    description = "Simulates a circuit with ngspice and writes a dataset.",
    sortOptions = false)
public final class CharacterizeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CIRCUIT_DIR", description = "the circuit's folder")
  private Path circuitDir;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "number of runs (default: as circuit.yaml says)")
  private Integer runs;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "seed of the stimuli (default: as circuit.yaml says)")
  private Long seed;

  @Option(
      names = "--jobs",
      paramLabel = "J",
      description = "processes of ngspice at once (default: one a core)")
  private Integer jobs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "the dataset's folder (default: data/CIRCUIT)")
  private Path out;

  @Option(
      names = "--check",
      paramLabel = "N",
      description =
          "runs to simulate once more at tighter tolerances, to know ngspice's own accuracy; 0 for"
              + " none (default: as circuit.yaml says)")
  private Integer check;

  @Option(names = "--keep", description = "keeps decks, raw files and logs in the dataset's folder")
  private boolean keep;

  @Mixin private JsonReport json;

  @Override
  public Integer call() throws IOException {
    UsageException.checkPositive("--runs", runs);
    UsageException.checkPositive("--jobs", jobs);
    if (check != null && check < 0) {
      throw new UsageException("--check: " + check + " (expected: at least 0)");
    }
    CircuitFolder folder = CircuitReader.read(circuitDir);
    Characterization plan = folder.circuit().characterization();
    if (check != null && check > 0 && plan.check() == null) {
      throw new UsageException(
          "--check: "
              + check
              + " (expected: 0, as "
              + circuitDir
              + " has no characterization.check with its tolerances)");
    }
    Path target = out == null ? Path.of("data", folder.circuit().name()) : out;
    int planned = plan.check() == null ? 0 : plan.check().runs();
    CharacterizeOptions options =
        new CharacterizeOptions(
            runs == null ? plan.runs() : runs,
            seed == null ? plan.seed() : seed,
            jobs == null ? Runtime.getRuntime().availableProcessors() : jobs,
            target,
            keep,
            check == null ? planned : check);
    CharacterizationResult result;
    double cpuBeforeS = ChildCpuTime.readS();
    try (Progress progress = new Progress("characterizing " + folder.circuit().name())) {
      result = Characterizer.run(folder, options, progress);
    }
    var summary = CharacterizeSummary.of(result, options.jobs(), ChildCpuTime.readS() - cpuBeforeS);
    json.write(summary);
    System.out.println(summary.line());
    System.out.println(
        "wrote " + target + "; next: ./understudy train " + circuitDir + " --data " + target);
    return ExitStatus.OK;
  }
}
