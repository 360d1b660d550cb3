package io.understudy.characterizer;

import io.understudy.characterizer.dataset.AccuracyReport;
import io.understudy.characterizer.dataset.DatasetSchema;
import io.understudy.characterizer.dataset.DatasetWriter;
import io.understudy.characterizer.extract.GoldenEvent;
import io.understudy.characterizer.ngspice.Ngspice;
import io.understudy.characterizer.stimulus.RefinedDrawing;
import io.understudy.characterizer.stimulus.RunDrawing;
import io.understudy.surrogate.circuit.Characterization;
import io.understudy.surrogate.circuit.Characterization.Accuracy;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.Refinement;
import io.understudy.surrogate.event.Stimulus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** From a circuit to a dataset: draws runs by the circuit's plan and simulates them. */
public final class Characterizer {
  private static final String KEPT = "ngspice";

  private final CircuitFolder folder;
  private final CharacterizeOptions options;
  private final Characterization plan;
  private final IntFunction<Stimulus.Instance> drawing;
  private final ScratchFolder scratch;
  private final String ngspice;
  private final AtomicInteger simulated = new AtomicInteger();

  private Characterizer(CircuitFolder folder, CharacterizeOptions options, ScratchFolder scratch)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.options = options;
    Characterization planned = folder.circuit().characterization();
    Refinement refinement = options.refinedBy() == null ? null : refinement(folder);
    this.plan = refinement == null ? planned : planned.refined(refinement);
    this.drawing =
        refinement == null
            ? RunDrawing.of(folder.circuit(), options.seed(), options.runs())
            : RefinedDrawing.of(options.refinedBy(), refinement, options.seed());
    this.scratch = scratch;
    this.ngspice = Ngspice.version();
  }

  private static Refinement refinement(CircuitFolder folder) {
    Refinement refinement = folder.circuit().characterization().refinement();
    if (refinement == null) {
      throw new CharacterizationException(
          folder.circuit().name()
              + ": characterization.refinement: missing (expected: what the refined runs seek)");
    }
    return refinement;
  }

  /**
   * Characterizes a circuit. The same seed gives the same bytes, whatever the number of jobs. What
   * an earlier call with the same circuit, plan and seed has simulated in the same folder, complete
   * or not, is not simulated again.
   *
   * @throws CharacterizationException naming run, seed and what ngspice said, when a run fails; the
   *     parts of the other runs stay, and a second call goes on with them
   */
  public static CharacterizationResult run(
      CircuitFolder folder, CharacterizeOptions options, ProgressListener progress) {
    try (ScratchFolder scratch = ScratchFolder.in(options.outDir())) {
      return new Characterizer(folder, options, scratch).run(progress);
    } catch (IOException e) {
      throw new CharacterizationException(options.outDir() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CharacterizationException("interrupted", e);
    }
  }

  private CharacterizationResult run(ProgressListener progress) throws IOException {
    int checks = plan.check() == null ? 0 : Math.min(options.checkRuns(), options.runs());
    if (options.checkRuns() > 0 && plan.check() == null) {
      throw new CharacterizationException(
          folder.circuit().name()
              + ": characterization.check: missing (expected: its reltol and max_step_s, to check "
              + options.checkRuns()
              + " runs)");
    }
    int all = options.runs() + checks;
    ProgressListener ofRuns = (done, total) -> progress.finished(done, all);
    DatasetSchema schema =
        simulate(options.outDir(), options.runs(), plan.ngspice(), "run", ofRuns);
    AccuracyReport report = null;
    if (checks > 0) {
      ProgressListener ofChecks = (done, total) -> progress.finished(options.runs() + done, all);
      Accuracy tight = plan.check().tightened(plan.ngspice());
      Path own = options.outDir().resolve(AccuracyCheck.FOLDER);
      simulate(own, checks, tight, "accuracy check of run", ofChecks);
      report = AccuracyCheck.compare(folder, options.outDir(), checks, tight);
    }
    return new CharacterizationResult(schema, simulated.get(), report);
  }

  /** Simulates the first runs into a dataset of their own. */
  private DatasetSchema simulate(
      Path directory, int runs, Accuracy accuracy, String what, ProgressListener progress)
      throws IOException {
    DatasetSchema.Simulator simulator =
        new DatasetSchema.Simulator(
            ngspice, accuracy.reltol(), accuracy.maxStepS(), accuracy.method());
    DatasetSchema schema = DatasetSchema.of(folder, options.seed(), runs, simulator);
    if (options.refinedBy() != null) {
      schema = schema.refinedBy(options.refinedBy());
    }
    DatasetWriter writer =
        DatasetWriter.open(directory, schema, folder.circuit().inputColumns().size());
    RunPool.all(runs, options.jobs(), run -> one(writer, directory, accuracy, what, run), progress);
    // It speaks of the dataset that was here before.
    Files.deleteIfExists(directory.resolve(AccuracyReport.FILE));
    return writer.complete();
  }

  private Integer one(DatasetWriter writer, Path directory, Accuracy accuracy, String what, int run)
      throws IOException, InterruptedException {
    if (writer.has(run)) {
      return run;
    }
    Stimulus.Instance stimulus = drawing.apply(run);
    String own = String.format(Locale.ROOT, "run-%06d", run);
    boolean keeps = options.keepFiles();
    Path files = keeps ? directory.resolve(KEPT).resolve(own) : scratch.of(own);
    String name = folder.circuit().name() + ", " + what + " " + run + " of seed " + options.seed();
    try {
      List<GoldenEvent> events =
          GoldenRun.simulate(name, folder, stimulus, plan.periods(), accuracy, files, keeps);
      writer.write(run, stimulus.parameters(), events);
      simulated.incrementAndGet();
      return run;
    } catch (RuntimeException e) {
      String message = e.getMessage();
      throw new CharacterizationException(
          message != null && message.startsWith(name) ? message : name + ": " + message, e);
    }
  }
}
