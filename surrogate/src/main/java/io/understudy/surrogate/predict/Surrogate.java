package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.StateNode;
import io.understudy.surrogate.event.EventListener;
import io.understudy.surrogate.feature.FeatureGroup;
import io.understudy.surrogate.feature.FeatureProgram;
import io.understudy.surrogate.forest.Forest;
import io.understudy.surrogate.forest.ForestReader;
import io.understudy.surrogate.provenance.PackageException;
import io.understudy.surrogate.provenance.SurrogateManifest;
import io.understudy.surrogate.provenance.SurrogateManifest.TrainedPredictor;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A circuit's surrogate, loaded and compiled; banks of instances are opened on it. Immutable and
 * shared by all sessions.
 */
public final class Surrogate {
  private final CircuitFolder folder;
  private final SurrogatePackage source;
  private final String sha256;
  final FeatureProgram program;
  final int featureCount;
  private final int[] firstFeature = new int[Stage.values().length];
  private final int[] endFeature = new int[Stage.values().length];
  final Map<Stage, TrainedRange> ranges = new EnumMap<>(Stage.class);
  final ExternalRanges external;
  private final Map<String, Predictor> predictors = new LinkedHashMap<>();
  private final Set<String> looksAtEnd = new HashSet<>();

  private Surrogate(CircuitFolder folder, SurrogatePackage source) {
    this.folder = folder;
    this.source = source;
    this.sha256 = source.sha256();
    FeatureLayout layout = new FeatureLayout(folder.circuit());
    Map<String, TrainedPredictor> trained = new LinkedHashMap<>();
    source.manifest().predictors().forEach(p -> trained.put(p.name(), p));
    List<PredictorPlan> plans = PredictorPlan.of(folder.circuit());
    checkSame(plans, trained.keySet());
    checkScored(trained.keySet());
    plans.forEach(layout::add);
    List<FeatureGroup> groups = layout.groups();
    groups.add(initialStates(folder.circuit()));
    this.program = FeatureProgram.compile(folder.circuit(), source.manifest().fits(), groups);
    this.featureCount = layout.count();
    this.external = ExternalRanges.of(name(), folder.circuit(), source.manifest());
    for (Stage stage : Stage.values()) {
      firstFeature[stage.ordinal()] = layout.first(stage);
      endFeature[stage.ordinal()] = layout.end(stage);
      int width = layout.end(stage) - layout.first(stage);
      if (program.width(stage.ordinal()) != width) {
        throw new PackageException(
            name()
                + ": features of "
                + stage
                + ": a vector among them (expected: scalars, inputs or parameters)");
      }
      ranges.put(
          stage,
          TrainedRange.empty(
              "feature", layout.names().subList(layout.first(stage), layout.end(stage))));
    }
    for (PredictorPlan plan : plans) {
      TrainedPredictor predictor = trained.get(plan.name());
      int[] slots = layout.slots(plan);
      if (plan.stage().looksAtEnd()) {
        looksAtEnd.add(plan.name());
      }
      Forest forest = forest(predictor, slots.length);
      Predictor ready = new Predictor(predictor, plan.spec().perPeriod(), forest, slots);
      if (source.scores().containsKey(plan.name())) {
        ScoreCheck.compare(name() + ": " + plan.name(), ready, source.scores().get(plan.name()));
      }
      predictors.put(plan.name(), ready);
      for (Stage stage = plan.stage(); stage != null; stage = stage.after()) {
        include(ranges.get(stage), layout.first(stage), slots, predictor);
      }
    }
  }

  /** Widens a stage's ranges by a predictor's; features of other stages are passed over. */
  private static void include(
      TrainedRange range, int first, int[] slots, TrainedPredictor predictor) {
    for (int k = 0; k < slots.length; k++) {
      int at = slots[k] - first;
      if (at >= 0 && at < range.width()) {
        range.include(at, predictor.featureMin()[k], predictor.featureMax()[k]);
      }
    }
  }

  /** Index of the feature group that computes the initial states. */
  static final int INITIAL_GROUP = Stage.values().length;

  /**
   * Compiles a package.
   *
   * @throws PackageException when the package does not have what the circuit asks for, or a
   *     predictor's scores are not LightGBM's
   */
  public static Surrogate load(CircuitFolder folder, SurrogatePackage source) {
    return new Surrogate(folder, source);
  }

  private static FeatureGroup initialStates(Circuit circuit) {
    List<String> expressions = circuit.states().stream().map(StateNode::initial).toList();
    return new FeatureGroup("states.initial", expressions, Set.of(), 0);
  }

  private void checkSame(List<PredictorPlan> plans, Set<String> trained) {
    List<String> expected = new ArrayList<>();
    plans.forEach(plan -> expected.add(plan.name()));
    if (!trained.equals(Set.copyOf(expected))) {
      throw new PackageException(
          name() + ": predictors " + trained + " (expected: " + expected + ")");
    }
    for (PredictorPlan plan : plans) {
      List<String> features =
          source.manifest().predictors().stream()
              .filter(p -> p.name().equals(plan.name()))
              .findFirst()
              .orElseThrow()
              .features();
      if (!plan.features().equals(features)) {
        throw new PackageException(
            name()
                + ": "
                + plan.name()
                + ": features "
                + features
                + " (expected: "
                + plan.features()
                + ")");
      }
    }
  }

  private void checkScored(Set<String> trained) {
    Set<String> scored = source.scores().keySet();
    if (!scored.isEmpty() && !scored.equals(trained)) {
      throw new PackageException(
          name() + ": scores of " + scored + " (expected: of " + trained + ")");
    }
  }

  private Forest forest(TrainedPredictor predictor, int width) {
    Forest forest =
        ForestReader.read(name() + ": " + predictor.trees(), source.trees().get(predictor.trees()));
    boolean fits =
        (forest.trees() == 0 || forest.features() == width)
            && predictor.featureMin().length == width
            && predictor.featureMax().length == width
            && (predictor.base() == null || predictor.base().length == width + 1)
            && Double.isFinite(predictor.scale())
            && fits(predictor.gate(), width)
            && predictor.targetMin() <= predictor.targetMax();
    if (!fits) {
      throw new PackageException(
          name()
              + ": "
              + predictor.name()
              + ": "
              + forest.features()
              + " features (expected: "
              + width
              + ", with as many ranges and base coefficients)");
    }
    return forest;
  }

  private static boolean fits(SurrogateManifest.Gate gate, int width) {
    return gate == null
        || (gate.value() >= 0 && gate.value() < width && Double.isFinite(gate.from()));
  }

  private String name() {
    return folder.circuit().name() + " surrogate " + source.version();
  }

  /** The predictor, or null where the circuit has none of that name. */
  Predictor predictor(String name) {
    return predictors.get(name);
  }

  /** Whether a predictor scores by the features' keys. */
  boolean readsKeys() {
    return predictors.values().stream().anyMatch(Predictor::readsKeys);
  }

  /** Index of a stage's first feature column. */
  int firstFeature(Stage stage) {
    return firstFeature[stage.ordinal()];
  }

  /** Index after a stage's last feature column. */
  int endFeature(Stage stage) {
    return endFeature[stage.ordinal()];
  }

  /** Whether the predictor of that name looks at the states' ends; false where there is none. */
  boolean looksAtEnd(String name) {
    return looksAtEnd.contains(name);
  }

  /** The circuit it stands for. */
  public CircuitFolder folder() {
    return folder;
  }

  /** Hash of its package, computed once. */
  public String sha256() {
    return sha256;
  }

  /** The package it was loaded from. */
  public SurrogatePackage source() {
    return source;
  }

  /**
   * Opens a bank.
   *
   * @param parameters the parameter values of each instance, in the order of the circuit's
   *     parameter columns
   * @param listener is told of every event, or null
   */
  public SurrogateBank open(double[][] parameters, EventListener listener) {
    return open(parameters, listener, null);
  }

  /**
   * Opens a bank whose large steps are split over several threads.
   *
   * @param crew the threads, or null for the caller's alone
   */
  public SurrogateBank open(double[][] parameters, EventListener listener, EvaluationCrew crew) {
    return openWith(parameters, new BankOptions(listener, crew, EventBlock.ROWS));
  }

  SurrogateBank openWith(double[][] parameters, BankOptions options) {
    return new SurrogateBank(this, parameters, options);
  }
}
