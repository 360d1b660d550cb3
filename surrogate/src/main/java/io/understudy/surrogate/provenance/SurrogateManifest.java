package io.understudy.surrogate.provenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.PredictorSpec.Moment;
import io.understudy.surrogate.circuit.PredictorSpec.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a surrogate package says of itself, {@code surrogate.json}.
 *
 * @param format of the package, 1
 * @param circuit the circuit's name
 * @param circuitSha256 hash of the circuit it was trained for; loading refuses another
 * @param provenance how it came about
 * @param fits coefficients of the circuit's fits: intercept, then one for each term
 * @param predictors in the circuit's order
 * @param errors on unseen runs, by name; fractions, not percent
 * @param trainedRanges smallest and largest value in training of each of the {@link #quantities};
 *     null in packages from before they were recorded
 */
public record SurrogateManifest(
    int format,
    String circuit,
    String circuitSha256,
    Provenance provenance,
    Map<String, double[]> fits,
    List<TrainedPredictor> predictors,
    Map<String, Double> errors,
    @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, double[]> trainedRanges) {

  /** The format that this version writes and reads. */
  public static final int FORMAT = 1;

  /** The length of an idle stretch among the quantities. */
  public static final String PERIODS = "periods";

  /** The manifest's file name in a package's folder. */
  public static final String FILE = "surrogate.json";

  /** What reaches a circuit's surrogate from outside, and its states, by column name. */
  public static List<String> quantities(Circuit circuit) {
    List<String> names = new ArrayList<>(circuit.inputColumns());
    names.addAll(circuit.parameterColumns());
    names.addAll(circuit.stateNames());
    names.add(PERIODS);
    return names;
  }

  /**
   * How a surrogate came about.
   *
   * @param created date in ISO form
   * @param characterizationSeed seed of the training data
   * @param trainingSeed seed of the split, the noise and LightGBM
   * @param runs runs of training data
   * @param periods periods of a run
   * @param ngspice version of ngspice
   * @param accuracy options of ngspice
   * @param lightgbm version of LightGBM
   * @param datasetSha256 hash of the dataset's bytes
   * @param options options of LightGBM common to all predictors
   */
  public record Provenance(
      String created,
      long characterizationSeed,
      long trainingSeed,
      int runs,
      int periods,
      String ngspice,
      String accuracy,
      String lightgbm,
      String datasetSha256,
      String options) {}

  /**
   * Where a decision is sure: its output does not come.
   *
   * @param value index among the predictor's feature values
   * @param from smallest of that feature at which the output may come
   */
  public record Gate(int value, double from) {
    /** Whether the output may come; so it is for what is not a number, which is refused later. */
    public boolean isOpen(double feature) {
      return !(feature < from);
    }
  }

  /**
   * One predictor. Its value is {@code scale x inverse transform(base + trees)}, for a change added
   * to the state's start value.
   *
   * @param features expressions; a vector's name stands for its elements
   * @param change true when a state is predicted as a change
   * @param scale keeps the training data's sum
   * @param decision raw score above which an output happens (decisions only)
   * @param base intercept and a coefficient for each feature value, or null
   * @param trees file name of the LightGBM text model, gzip
   * @param featureMin smallest of each feature value in training
   * @param featureMax largest
   * @param targetMin smallest target in training, in its unit
   * @param targetMax largest
   * @param gate what the trees of a decision are not asked below; null for none
   */
  public record TrainedPredictor(
      Moment on,
      String target,
      List<String> features,
      Transform transform,
      boolean change,
      double scale,
      double decision,
      double[] base,
      String trees,
      double[] featureMin,
      double[] featureMax,
      double targetMin,
      double targetMax,
      @JsonInclude(JsonInclude.Include.NON_NULL) Gate gate) {
    /** One without a gate. */
    public TrainedPredictor(
        Moment on,
        String target,
        List<String> features,
        Transform transform,
        boolean change,
        double scale,
        double decision,
        double[] base,
        String trees,
        double[] featureMin,
        double[] featureMax,
        double targetMin,
        double targetMax) {
      this(
          on,
          target,
          features,
          transform,
          change,
          scale,
          decision,
          base,
          trees,
          featureMin,
          featureMax,
          targetMin,
          targetMax,
          null);
    }

    /** The same name as {@code PredictorPlan.name()}. */
    public String name() {
      return on + "_" + target;
    }
  }
}
