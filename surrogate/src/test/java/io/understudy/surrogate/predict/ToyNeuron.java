package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.circuit.PredictorSpec.Transform;
import io.understudy.surrogate.provenance.SurrogateManifest;
import io.understudy.surrogate.provenance.SurrogateManifest.Provenance;
import io.understudy.surrogate.provenance.SurrogateManifest.TrainedPredictor;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A neuron that can be computed by hand: all predictors are linear, without trees. The membrane
 * adds up its inputs and spikes above 1 - k; a membrane that is left above 0.5 spikes late; idling
 * halves nothing but subtracts 0.01 a period.
 */
final class ToyNeuron {
  static final String YAML =
      """
      format: 1
      circuit: toy
      netlist: netlist.sp
      clock: {period_s: 1.0e-9}
      parameters: [{name: k, unit: V, min: 0, max: 1, default: 0, node: k}]
      inputs:
        - {name: x, unit: V, min: -2, max: 2, code: {bits: 8, signed: true, lsb: 0.01},
           drive: {kind: pulse, source: voltage, to: x, points: [[0, 0], [1.0e-10, 1], [2.0e-10, 0]]}}
      outputs: [{name: spike, kind: event, node: s, rise_through: 0.5}]
      states:
        - {name: v, node: v, unit: V, min: -1, max: 3, ic: 0}
        - {name: u, node: u, unit: V, min: -5, max: 5, ic: 0}
      supplies: [{name: vdd, node: vdd, volts: 1}]
      energy: {sources: [vdd]}
      events: {input: pulse}
      features: {sum: v + x, margin: v + x + k - 1}
      predictors:
        - {on: input, target: spike, features: [margin]}
        - {on: E1, target: latency, features: [sum]}
        - {on: E1, target: energy, features: [sum, latency]}
        - {on: E1, target: v, features: [sum]}
        - {on: E1, target: u, features: [v_next, v]}
        - {on: E2, target: energy, features: [x]}
        - {on: E2, target: v, features: [x], change: true}
        - {on: idle, target: spike, features: [v]}
        - {on: late, target: latency, features: [v]}
        - {on: E3, target: energy, features: [periods, spike], transform: log}
        - {on: E3, target: v, features: [periods], change: true}
      training: {state_noise: 0, seed: 1}
      characterization:
        {seed: 1, runs: 1, periods: 10, ngspice: {reltol: 1.0e-4, max_step_s: 1.0e-10}, activity: 1, modes: [{share: 1}]}
      macro: {module: toy, clock: clk, valid: valid, inputs: {x: x}, outputs: {spike: spike}}
      """;

  private static final String NO_TREES =
      """
      tree
      version=v4
      num_class=1
      num_tree_per_iteration=1
      label_index=0
      max_feature_idx=0

      end of trees
      """;

  private ToyNeuron() {}

  static CircuitFolder folder() {
    Circuit circuit = CircuitReader.parse("toy", YAML);
    return new CircuitFolder(Path.of("toy"), circuit, "hash");
  }

  static Surrogate surrogate() {
    return Surrogate.load(folder(), source());
  }

  static SurrogatePackage source() {
    return source(List.of("margin"));
  }

  /** With ranges of its quantities: {@code x}, {@code k}, {@code v}, {@code u}, {@code periods}. */
  static SurrogatePackage trainedIn(Map<String, double[]> ranges) {
    return source(List.of("margin"), ranges);
  }

  /** The same with other features of the decision. */
  static SurrogatePackage source(List<String> decisionFeatures) {
    return source(decisionFeatures, null);
  }

  private static SurrogatePackage source(
      List<String> decisionFeatures, Map<String, double[]> ranges) {
    List<TrainedPredictor> predictors =
        List.of(
            linear("INPUT", "spike", decisionFeatures, 0, 1),
            latency("E1", List.of("sum"), 1e-9, -0.25e-9),
            linear("E1", "energy", List.of("sum", "latency"), 1e-12, 1e-12, 1e-3),
            linear("E1", "v", List.of("sum"), 0, 0.25),
            linear("E1", "u", List.of("v_next", "v"), 0, 2, -1),
            linear("E2", "energy", List.of("x"), 2e-12, 0),
            change(linear("E2", "v", List.of("x"), 0, 1)),
            linear("IDLE", "spike", List.of("v"), -0.5, 1),
            latency("LATE", List.of("v"), 0, 0.5e-9),
            logarithmic(
                linear(
                    "E3", "energy", List.of("periods", "spike"), Math.log(1e-15), Math.log(2), 1)),
            change(linear("E3", "v", List.of("periods"), 0, -0.01)));
    Map<String, String> trees = new LinkedHashMap<>();
    predictors.forEach(p -> trees.put(p.trees(), NO_TREES));
    Provenance provenance =
        new Provenance("2026-01-01", 1, 1, 1, 1, "none", "none", "none", "none", "none");
    return new SurrogatePackage(
        "1",
        new SurrogateManifest(1, "toy", "hash", provenance, Map.of(), predictors, Map.of(), ranges),
        trees);
  }

  private static TrainedPredictor linear(
      String on, String target, List<String> features, double... base) {
    double[] min = new double[features.size()];
    double[] max = new double[features.size()];
    java.util.Arrays.fill(min, -100);
    java.util.Arrays.fill(max, 100);
    return new TrainedPredictor(
        io.understudy.surrogate.circuit.PredictorSpec.Moment.valueOf(on),
        target,
        features,
        Transform.NONE,
        false,
        1,
        0,
        base,
        on + "_" + target + ".txt.gz",
        min,
        max,
        -1e9,
        1e9);
  }

  private static TrainedPredictor latency(String on, List<String> features, double... base) {
    TrainedPredictor p = linear(on, "latency", features, base);
    return new TrainedPredictor(
        p.on(),
        p.target(),
        p.features(),
        p.transform(),
        false,
        1,
        0,
        base,
        p.trees(),
        p.featureMin(),
        p.featureMax(),
        0.1e-9,
        0.9e-9);
  }

  private static TrainedPredictor change(TrainedPredictor p) {
    return new TrainedPredictor(
        p.on(),
        p.target(),
        p.features(),
        p.transform(),
        true,
        1,
        0,
        p.base(),
        p.trees(),
        p.featureMin(),
        p.featureMax(),
        -1e9,
        1e9);
  }

  private static TrainedPredictor logarithmic(TrainedPredictor p) {
    return new TrainedPredictor(
        p.on(),
        p.target(),
        p.features(),
        Transform.LOG,
        false,
        1,
        0,
        p.base(),
        p.trees(),
        p.featureMin(),
        p.featureMax(),
        -1e9,
        1e9);
  }
}
