package io.understudy.cli.compare;

import io.understudy.characterizer.compare.Comparison;
import io.understudy.characterizer.lockstep.LockstepOptions;
import io.understudy.characterizer.stimulus.RunDrawing;
import io.understudy.cli.ExitStatus;
import io.understudy.cli.Home;
import io.understudy.cli.JsonReport;
import io.understudy.cli.ModelsOption;
import io.understudy.cli.Progress;
import io.understudy.cli.UsageException;
import io.understudy.cli.characterize.SurrogateOption;
import io.understudy.cli.record.RecordReader;
import io.understudy.cli.record.RecordedBank;
import io.understudy.cli.record.RecordedSession;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.Stimulus;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code understudy compare}: a surrogate against ngspice, with a verdict. */
@Command(
    name = "compare",
    description = "Compares a surrogate with ngspice on stimuli that neither saw before.",
    sortOptions = false)
public final class CompareCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "CIRCUIT_DIR",
      description = "the circuit's folder, for stimuli that are drawn by its plan")
  private Path circuitDir;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "what a co-simulation recorded, in place of drawn stimuli")
  private Path record;

  @Mixin private ModelsOption models;

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "with --record: so many of each bank, drawn by the seed (default: all)")
  private Integer instances;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "20",
      description = "instances with a stimulus each (default: ${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "2025",
      description = "of the stimuli; another than the training data's (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin private ToleranceOption tolerances;
  @Mixin private SurrogateOption surrogateChoice;

  @Option(
      names = "--lockstep",
      paramLabel = "N",
      description =
          "also runs N of the instances in lock step and uninterrupted, one after the other, and"
              + " reports times and agreement")
  private Integer lockstep;

  @Option(
      names = "--jobs",
      paramLabel = "J",
      description = "processes of ngspice at once (default: one a core)")
  private Integer jobs;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      defaultValue = "compare-report",
      description = "where junit.xml and compare.html go (default: ${DEFAULT-VALUE})")
  private Path report;

  @Mixin private JsonReport json;

  @Override
  public Integer call() throws IOException {
    UsageException.checkPositive("--runs", (long) runs);
    UsageException.checkPositive("--jobs", jobs);
    UsageException.checkPositive("--lockstep", lockstep);
    UsageException.checkPositive("--instances", instances);
    if ((circuitDir == null) == (record == null)) {
      throw new UsageException(
          "CIRCUIT_DIR and --record: "
              + (record == null ? "neither" : "both")
              + " (expected: a circuit's folder, or a record)");
    }
    return record == null ? drawn() : recorded();
  }

  private Integer drawn() throws IOException {
    CircuitFolder folder = CircuitReader.read(circuitDir);
    Surrogate surrogate = surrogate(folder);
    Stimulus stimulus = drawn(folder, surrogate);
    long steps = folder.circuit().characterization().periods();
    Comparison comparison = compare(surrogate, stimulus, steps, null, folder.circuit().name());
    LockstepCheck check = null;
    if (lockstep != null) {
      List<Stimulus.Instance> some =
          stimulus.instances().subList(0, Math.min(lockstep, stimulus.instances().size()));
      LockstepOptions options = LockstepOptions.of(Home.lockstepDriver());
      check = LockstepCheck.of(folder, new Stimulus(some), steps, options);
    }
    return finish(new ComparisonReport(List.of(comparison)), check);
  }

  /** What co-simulations saw, bank by bank. */
  private Integer recorded() throws IOException {
    Path folder = models.folder();
    Map<String, CircuitFolder> folders = new TreeMap<>();
    List<RecordedSession> sessions =
        RecordReader.sessions(
            record,
            name ->
                folders
                    .computeIfAbsent(name, n -> CircuitReader.read(folder.resolve(n)))
                    .circuit());
    List<Comparison> comparisons = new ArrayList<>();
    for (RecordedSession session : sessions) {
      String prefix = sessions.size() == 1 ? "" : "session" + session.number() + ".";
      for (RecordedBank bank : session.banks()) {
        comparisons.add(
            compare(bank, folders.get(bank.opening().circuit()), prefix + bank.opening().path()));
      }
    }
    if (comparisons.isEmpty()) {
      throw new UsageException(record + ": banks: none (expected: at least one)");
    }
    return finish(new ComparisonReport(comparisons), null);
  }

  private Comparison compare(RecordedBank bank, CircuitFolder folder, String what)
      throws IOException {
    List<Integer> chosen = chosen(bank.opening().instances());
    Stimulus some =
        new Stimulus(
            bank.stimulus().instances().stream()
                .filter(instance -> chosen.contains(instance.number()))
                .toList());
    return compare(surrogate(folder), some, bank.periods(), bank.events(), what);
  }

  private List<Integer> chosen(int count) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(all, new Random(seed));
    return all.subList(0, instances == null ? count : Math.min(instances, count));
  }

  private Surrogate surrogate(CircuitFolder folder) throws IOException {
    return Surrogate.load(folder, SurrogatePackage.read(surrogateChoice.of(folder), folder));
  }

  private Comparison compare(
      Surrogate surrogate, Stimulus stimulus, long steps, List<EventRecord> known, String what) {
    try (Progress progress = new Progress("ngspice, " + what)) {
      return Comparison.run(
          what, surrogate, stimulus, steps, known, tolerances.limits(), processes(), progress);
    }
  }

  private Integer finish(ComparisonReport result, LockstepCheck check) throws IOException {
    result.print();
    if (check != null) {
      System.out.println(check.text());
    }
    result.write(report);
    json.write(result.json(check));
    return result.passed() ? ExitStatus.OK : ExitStatus.VERDICT;
  }

  private Stimulus drawn(CircuitFolder folder, Surrogate surrogate) {
    long known = surrogate.source().manifest().provenance().characterizationSeed();
    if (seed == known) {
      throw new UsageException("--seed: " + seed + " (expected: another than the training data's)");
    }
    IntFunction<Stimulus.Instance> drawing = RunDrawing.of(folder.circuit(), seed, runs);
    List<Stimulus.Instance> instances = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      instances.add(drawing.apply(run));
    }
    return new Stimulus(instances);
  }

  private int processes() {
    return jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
  }
}
