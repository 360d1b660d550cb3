package io.understudy.cli.characterize;

import io.understudy.characterizer.CharacterizationResult;
import io.understudy.characterizer.CharacterizeOptions;
import io.understudy.characterizer.Characterizer;
import io.understudy.characterizer.ngspice.ChildCpuTime;
import io.understudy.cli.ExitStatus;
import io.understudy.cli.JsonReport;
import io.understudy.cli.Progress;
import io.understudy.cli.UsageException;
import io.understudy.surrogate.circuit.Characterization;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.circuit.Refinement;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.provenance.SurrogatePackage;
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

  @Option(
      names = "--refine",
      description =
          "further runs by the plan's refinement, guided by the circuit's newest surrogate, for"
              + " train --more (default folder: data/CIRCUIT-refined)")
  private boolean refine;

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
    CharacterizeOptions options = refine ? refined(folder) : planned(folder);
    Path target = options.outDir();
    CharacterizationResult result;
    double cpuBeforeS = ChildCpuTime.readS();
    try (Progress progress = new Progress("characterizing " + folder.circuit().name())) {
      result = Characterizer.run(folder, options, progress);
    }
    var summary = CharacterizeSummary.of(result, options.jobs(), ChildCpuTime.readS() - cpuBeforeS);
    json.write(summary);
    System.out.println(summary.line());
    System.out.println(
        "wrote "
            + target
            + "; next: ./understudy train "
            + circuitDir
            + (refine ? " --data DATASET --more " : " --data ")
            + target);
    return ExitStatus.OK;
  }

  private CharacterizeOptions planned(CircuitFolder folder) {
    Characterization plan = folder.circuit().characterization();
    int planned = plan.check() == null ? 0 : plan.check().runs();
    return new CharacterizeOptions(
        runs == null ? plan.runs() : runs,
        seed == null ? plan.seed() : seed,
        jobs(),
        out == null ? Path.of("data", folder.circuit().name()) : out,
        keep,
        check == null ? planned : check,
        null);
  }

  private CharacterizeOptions refined(CircuitFolder folder) throws IOException {
    Refinement plan = folder.circuit().characterization().refinement();
    if (plan == null) {
      throw new UsageException(
          "--refine: "
              + circuitDir
              + " has no characterization.refinement (expected: what the runs shall seek)");
    }
    Path newest =
        SurrogatePackage.newest(folder)
            .orElseThrow(
                () ->
                    new UsageException(
                        "--refine: "
                            + circuitDir
                            + " has no surrogate (expected: a first one, by ./understudy train)"));
    Surrogate guide = Surrogate.load(folder, SurrogatePackage.read(newest, folder));
    return new CharacterizeOptions(
        runs == null ? plan.runs() : runs,
        seed == null ? plan.seed() : seed,
        jobs(),
        out == null ? Path.of("data", folder.circuit().name() + "-refined") : out,
        keep,
        check == null ? 0 : check,
        guide);
  }

  private int jobs() {
    return jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
  }
}
