package io.understudy.characterizer.train;

import io.understudy.characterizer.ProgressListener;
import io.understudy.characterizer.baseline.Baselines;
import io.understudy.characterizer.dataset.AccuracyReport;
import io.understudy.characterizer.dataset.DatasetWriter;
import io.understudy.characterizer.evaluate.SizePoint;
import io.understudy.characterizer.train.PredictorComparison.Compared;
import io.understudy.characterizer.train.PredictorTrainer.Learned;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.TrainingPlan;
import io.understudy.surrogate.forest.Forest;
import io.understudy.surrogate.forest.ForestReader;
import io.understudy.surrogate.predict.PredictorPlan;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** From a dataset to a surrogate package that serving accepts, with its errors on unseen runs. */
public final class Trainer {
  private final CircuitFolder folder;
  private final TrainOptions options;
  private final List<PredictorPlan> plans;
  private final TrainingPlan plan;
  private final RunSplit split;
  private final EventTable train;
  private final EventTable validation;
  private final EventTable test;
  private final EventTable elsewhere;
  private final PackageDraft draft;
  private final MatrixBuilder matrices;
  private final Steps steps;
  private final ProgressListener progress;

  private Trainer(
      CircuitFolder folder,
      EventTable table,
      String dataSha256,
      TrainOptions options,
      ProgressListener progress) {
    this.folder = folder;
    this.options = options;
    this.plans = PredictorPlan.of(folder.circuit());
    this.progress = progress;
    ConstantColumns.checkParameters(folder.circuit(), table, progress);
    this.plan = folder.circuit().training();
    this.split = RunSplit.of(table, plan.seed());
    List<EventTable> more =
        options.moreDirs().stream().map(directory -> EventTable.read(directory, folder)).toList();
    this.train = table.of(split.train()).and(more);
    this.validation = table.of(split.validation());
    this.test = table.of(split.test());
    this.elsewhere =
        options.unseenDir() == null ? null : EventTable.read(options.unseenDir(), folder);
    if (elsewhere != null && elsewhere.schema().seed() == table.schema().seed()) {
      throw new TrainingException(
          elsewhere.origin()
              + ": seed: "
              + elsewhere.schema().seed()
              + " (expected: another than the training data's)");
    }
    var fits = ThresholdFitter.fit(folder.circuit(), train);
    this.draft =
        new PackageDraft(
            folder,
            table.schema(),
            dataSha256,
            options.created().toString(),
            fits,
            TrainedQuantities.ranges(folder.circuit(), train));
    this.matrices = new MatrixBuilder(folder.circuit(), fits, plans);
    int rounds = plan.ownStates() ? 3 : 1;
    this.steps =
        new Steps(
            options.threads(), plans.size() * (rounds + 1) + SizeCurve.SHARES.size() + 1, progress);
  }

  /**
   * Trains and writes a package. The same dataset, circuit and date give the same bytes.
   *
   * @param dataDir a dataset of the circuit
   * @param progress is told of learned predictors; the evaluation counts as one more
   * @throws TrainingException naming what cannot be learned and what was expected
   * @throws io.understudy.characterizer.dataset.DatasetException when the dataset is another
   *     circuit's or damaged
   */
  public static TrainingReport run(
      CircuitFolder folder, Path dataDir, TrainOptions options, ProgressListener progress) {
    return train(folder, dataDir, options, progress).report();
  }

  /** The same, with what the figures of the report were taken from. */
  public static Training train(
      CircuitFolder folder, Path dataDir, TrainOptions options, ProgressListener progress) {
    try {
      EventTable table = EventTable.read(dataDir, folder);
      List<Path> files = new ArrayList<>(List.of(dataDir.resolve(DatasetWriter.EVENTS)));
      options.moreDirs().forEach(more -> files.add(more.resolve(DatasetWriter.EVENTS)));
      String dataSha256 = sha256(files);
      Path outDir = options.outDir() == null ? nextVersion(folder) : options.outDir();
      // ngspice's own accuracy beside errors: best of the runs on which these are measured.
      Optional<AccuracyReport> unseenFloor =
          options.unseenDir() == null ? Optional.empty() : AccuracyReport.read(options.unseenDir());
      AccuracyReport floor = unseenFloor.or(() -> AccuracyReport.read(dataDir)).orElse(null);
      return new Trainer(folder, table, dataSha256, options, progress).train(outDir, floor);
    } catch (IOException e) {
      throw new TrainingException(dataDir + ": " + e.getMessage(), e);
    }
  }

  /** Folder of a version one higher than the newest. */
  private static Path nextVersion(CircuitFolder folder) throws IOException {
    int newest =
        SurrogatePackage.newest(folder)
            .map(path -> Integer.parseInt(path.getFileName().toString()))
            .orElse(0);
    return folder.directory().resolve(SurrogatePackage.FOLDER).resolve(String.valueOf(newest + 1));
  }

  private Training train(Path outDir, AccuracyReport floor) throws IOException {
    List<Starts> more = new ArrayList<>();
    List<Starts> moreValidation = new ArrayList<>();
    if (plan.ownStates()) {
      ownStates(more, moreValidation);
    }
    List<Learned> learned = learn(train, more, moreValidation);
    ConstantColumns.noteFeatures(learned, progress);
    List<FeatureMatrix> unseen =
        plans.stream()
            .map(of -> matrices.build(of, test, List.of(Starts.golden(test.columns()))))
            .toList();
    for (int k = 0; k < plans.size(); k++) {
      PackageCheck.compare(plans.get(k), learned.get(k).trees(), unseen.get(k));
    }
    Surrogate surrogate = draft.load(learned);
    PlayedRuns own = PlayedRuns.of(surrogate, test);
    PlayedRuns played = elsewhere == null ? own : PlayedRuns.of(surrogate, elsewhere);
    Evaluation errors = own.errors(folder.circuit());
    Evaluation other = elsewhere == null ? null : played.errors(folder.circuit());
    steps.one();
    List<Compared> compared = compare(learned, played.table());
    String version = outDir.toAbsolutePath().getFileName().toString();
    SurrogatePackage complete =
        draft.complete(version, learned, (other == null ? errors : other).headlines());
    complete.write(outDir);
    // What was written must be what was checked.
    Surrogate.load(folder, SurrogatePackage.read(outDir, folder));
    List<TrainingReport.PredictorFigures> figures = figures(outDir, learned, unseen);
    TrainingReport report =
        new TrainingReport(
            folder.circuit().name(),
            version,
            new TrainingReport.Split(
                split.train().size(), split.validation().size(), split.test().size()),
            errors,
            other,
            figures,
            figures.stream().mapToInt(TrainingReport.PredictorFigures::trees).sum(),
            figures.stream().mapToInt(TrainingReport.PredictorFigures::leaves).sum(),
            figures.stream().mapToLong(TrainingReport.PredictorFigures::bytes).sum(),
            floor,
            TrainingReport.ClosedLoop.of(folder.circuit(), played),
            sizeCurve(learned, played.table()),
            new Baselines(
                new PaperFeatures(folder.circuit()).names(),
                compared.stream().map(Compared::quantity).toList()));
    Files.writeString(outDir.resolve(TrainingReport.FILE), report.toJson());
    GoldenSample.remove(outDir);
    if (options.unseenDir() != null) {
      GoldenSample.ship(outDir, folder, options.unseenDir(), options.sampleRuns());
    }
    return new Training(
        folder,
        outDir,
        report,
        complete.manifest(),
        compared.stream().map(Compared::sample).toList(),
        played);
  }

  private List<Compared> compare(List<Learned> learned, EventTable unseen) {
    PredictorComparison comparison =
        new PredictorComparison(folder.circuit(), matrices, train, validation, unseen);
    return steps
        .all(plans.size(), k -> comparison.compare(plans.get(k), learned.get(k), plan.seed() + k))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private List<SizePoint> sizeCurve(List<Learned> learned, EventTable unseen) {
    SizeCurve curve = new SizeCurve(folder.circuit(), draft, unseen);
    return steps.all(SizeCurve.SHARES.size(), k -> curve.at(SizeCurve.SHARES.get(k), learned));
  }

  /**
   * The starts that a first surrogate makes of runs it was not taught with: each half of the
   * training runs is played by one that the other half has taught.
   */
  private void ownStates(List<Starts> training, List<Starts> validating) {
    OwnStarts ofTraining = OwnStarts.of(train);
    OwnStarts ofValidation = OwnStarts.of(validation);
    for (int half = 0; half < 2; half++) {
      Set<Integer> taught = new TreeSet<>();
      Set<Integer> played = new TreeSet<>();
      int at = 0;
      for (int run : new TreeSet<>(split.train())) {
        (at++ % 2 == half ? taught : played).add(run);
      }
      if (taught.isEmpty()) {
        throw new TrainingException(
            train.origin() + ": training runs: " + at + " (expected: at least 2)");
      }
      Surrogate first = draft.load(learn(train.of(taught), List.of(), List.of()));
      ofTraining.add(train, train.of(played), first);
      if (half == 0) {
        ofValidation.add(validation, validation, first);
      }
    }
    training.add(ofTraining);
    validating.add(ofValidation);
  }

  private List<Learned> learn(EventTable all, List<Starts> more, List<Starts> moreValidation) {
    return steps.all(
        plans.size(),
        k -> {
          PredictorPlan of = plans.get(k);
          EventTable from = of.spec().planRuns() ? all.of(split.train()) : all;
          List<Starts> starts = new ArrayList<>(more);
          for (int copy = 0; copy < plan.noiseCopies(); copy++) {
            long seed = plan.seed() + plans.size() * (long) copy + k;
            starts.add(Starts.noisy(from.columns(), plan.stateNoise(), seed));
          }
          List<Starts> validating = new ArrayList<>(moreValidation);
          validating.add(Starts.golden(validation.columns()));
          return new PredictorTrainer(of, plan.seed())
              .learn(matrices.build(of, from, starts), matrices.build(of, validation, validating));
        });
  }

  private static List<TrainingReport.PredictorFigures> figures(
      Path outDir, List<Learned> learned, List<FeatureMatrix> unseen) throws IOException {
    List<TrainingReport.PredictorFigures> figures = new ArrayList<>();
    for (int k = 0; k < learned.size(); k++) {
      Learned l = learned.get(k);
      Forest forest = ForestReader.read(l.predictor().name(), l.trees());
      double error = l.error(unseen.get(k));
      figures.add(
          new TrainingReport.PredictorFigures(
              l.predictor().name(),
              l.predictor().featureMin().length,
              l.rows(),
              forest.trees(),
              forest.leaves(),
              Files.size(outDir.resolve(l.predictor().trees())),
              Double.isNaN(error) ? null : error));
    }
    return figures;
  }

  private static String sha256(List<Path> files) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
