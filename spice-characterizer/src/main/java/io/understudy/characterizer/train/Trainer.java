package io.understudy.characterizer.train;

import io.understudy.characterizer.ProgressListener;
import io.understudy.characterizer.dataset.DatasetSchema;
import io.understudy.characterizer.dataset.DatasetWriter;
import io.understudy.characterizer.train.MatrixBuilder.Noise;
import io.understudy.characterizer.train.PredictorTrainer.Learned;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.TrainingPlan;
import io.understudy.surrogate.forest.Forest;
import io.understudy.surrogate.forest.ForestReader;
import io.understudy.surrogate.predict.PredictorPlan;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.provenance.SurrogateManifest;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From a dataset to a surrogate package that serving accepts, with its errors on unseen runs. */
public final class Trainer {
  private final CircuitFolder folder;
  private final Circuit circuit;
  private final List<PredictorPlan> plans;
  private final EventTable table;
  private final RunSplit split;
  private final TrainingPlan plan;

  private Trainer(CircuitFolder folder, EventTable table) {
    this.folder = folder;
    this.circuit = folder.circuit();
    this.plans = PredictorPlan.of(circuit);
    this.table = table;
    this.plan = circuit.training();
    this.split = RunSplit.of(table, plan.seed());
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
    Trainer trainer = new Trainer(folder, EventTable.read(dataDir, folder));
    try {
      Path outDir = options.outDir() == null ? nextVersion(folder) : options.outDir();
      String dataSha256 = sha256(dataDir.resolve(DatasetWriter.EVENTS));
      return trainer.train(outDir, dataSha256, options, progress);
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

  private TrainingReport train(
      Path outDir, String dataSha256, TrainOptions options, ProgressListener progress)
      throws IOException {
    Map<String, double[]> fits = ThresholdFitter.fit(circuit, table.of(split.train()));
    MatrixBuilder matrices = new MatrixBuilder(circuit, fits, plans);
    EventTable train = table.of(split.train());
    EventTable validation = table.of(split.validation());
    EventTable test = table.of(split.test());
    int[] rows = new int[plans.size()];
    List<Learned> learned =
        Parallel.all(
            plans.size(),
            options.threads(),
            k -> {
              PredictorPlan of = plans.get(k);
              FeatureMatrix noisy = matrices.build(of, train, noise(of, k));
              FeatureMatrix clean = matrices.build(of, validation, Noise.NONE);
              Learned result = new PredictorTrainer(of, plan.seed()).learn(noisy, clean);
              PackageCheck.compare(of, result.trees(), matrices.build(of, test, Noise.NONE));
              rows[k] = noisy.rows();
              return result;
            },
            (done, total) -> progress.finished(done, total + 1));
    SurrogatePackage draft = assemble(outDir, fits, learned, dataSha256, options, Map.of());
    Surrogate surrogate = Surrogate.load(folder, draft);
    Evaluation errors = Evaluation.of(surrogate, test);
    SurrogatePackage complete =
        assemble(outDir, fits, learned, dataSha256, options, errors.headlines());
    complete.write(outDir);
    // What was written must be what was checked.
    Surrogate.load(folder, SurrogatePackage.read(outDir, folder));
    TrainingReport report = report(outDir, learned, rows, errors);
    Files.writeString(outDir.resolve(TrainingReport.FILE), report.toJson());
    progress.finished(plans.size() + 1, plans.size() + 1);
    return report;
  }

  private Noise noise(PredictorPlan of, int index) {
    return plan.stateNoise() > 0
        ? new Noise(plan.stateNoise(), 1, plan.seed() + index)
        : Noise.NONE;
  }

  private SurrogatePackage assemble(
      Path outDir,
      Map<String, double[]> fits,
      List<Learned> learned,
      String dataSha256,
      TrainOptions options,
      Map<String, Double> errors) {
    DatasetSchema schema = table.schema();
    Map<String, String> trees = new LinkedHashMap<>();
    learned.forEach(l -> trees.put(l.predictor().trees(), l.trees()));
    SurrogateManifest manifest =
        new SurrogateManifest(
            SurrogateManifest.FORMAT,
            circuit.name(),
            folder.sha256(),
            new SurrogateManifest.Provenance(
                options.created().toString(),
                schema.seed(),
                plan.seed(),
                schema.runs(),
                schema.periods(),
                schema.ngspice().version(),
                "reltol="
                    + schema.ngspice().reltol()
                    + " max_step_s="
                    + schema.ngspice().maxStepS()
                    + " method="
                    + schema.ngspice().method(),
                BoostedTrees.version(),
                dataSha256,
                BoostedTrees.commonOptions()),
            fits,
            learned.stream().map(Learned::predictor).toList(),
            errors);
    return new SurrogatePackage(outDir.getFileName().toString(), manifest, trees);
  }

  private TrainingReport report(Path outDir, List<Learned> learned, int[] rows, Evaluation errors)
      throws IOException {
    List<TrainingReport.PredictorSize> sizes = new ArrayList<>();
    for (int k = 0; k < learned.size(); k++) {
      Learned l = learned.get(k);
      Forest forest = ForestReader.read(l.predictor().name(), l.trees());
      sizes.add(
          new TrainingReport.PredictorSize(
              l.predictor().name(),
              l.predictor().featureMin().length,
              rows[k],
              forest.trees(),
              forest.leaves(),
              Files.size(outDir.resolve(l.predictor().trees()))));
    }
    return new TrainingReport(
        circuit.name(),
        outDir.getFileName().toString(),
        new TrainingReport.Split(
            split.train().size(), split.validation().size(), split.test().size()),
        errors,
        sizes,
        sizes.stream().mapToInt(TrainingReport.PredictorSize::trees).sum(),
        sizes.stream().mapToInt(TrainingReport.PredictorSize::leaves).sum(),
        sizes.stream().mapToLong(TrainingReport.PredictorSize::bytes).sum());
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
