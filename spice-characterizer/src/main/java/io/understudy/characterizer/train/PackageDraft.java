package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetSchema;
import io.understudy.characterizer.train.PredictorTrainer.Learned;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.provenance.SurrogateManifest;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What makes a package of learned predictors.
 *
 * @param folder the circuit
 * @param data where the training data come from
 * @param dataSha256 hash of their bytes
 * @param created date in ISO form
 * @param fits coefficients of the circuit's fits
 * @param ranges of the circuit's quantities in the training data
 */
record PackageDraft(
    CircuitFolder folder,
    DatasetSchema data,
    String dataSha256,
    String created,
    Map<String, double[]> fits,
    Map<String, double[]> ranges) {

  /** A package that is complete but for its errors, loaded as serving does. */
  Surrogate load(List<Learned> learned) {
    return Surrogate.load(folder, complete("0", learned, Map.of()));
  }

  /** The package. */
  SurrogatePackage complete(String version, List<Learned> learned, Map<String, Double> errors) {
    Map<String, String> trees = new LinkedHashMap<>();
    learned.forEach(l -> trees.put(l.predictor().trees(), l.trees()));
    SurrogateManifest manifest =
        new SurrogateManifest(
            SurrogateManifest.FORMAT,
            folder.circuit().name(),
            folder.sha256(),
            provenance(),
            fits,
            learned.stream().map(Learned::predictor).toList(),
            errors,
            ranges);
    return ScoreSampler.sampled(new SurrogatePackage(version, manifest, trees));
  }

  private SurrogateManifest.Provenance provenance() {
    DatasetSchema.Simulator ngspice = data.ngspice();
    return new SurrogateManifest.Provenance(
        created,
        data.seed(),
        folder.circuit().training().seed(),
        data.runs(),
        data.periods(),
        ngspice.version(),
        "reltol="
            + ngspice.reltol()
            + " max_step_s="
            + ngspice.maxStepS()
            + " method="
            + ngspice.method(),
        BoostedTrees.version(),
        dataSha256,
        BoostedTrees.commonOptions());
  }
}
