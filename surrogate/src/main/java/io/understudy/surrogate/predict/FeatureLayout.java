package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.Parameter;
import io.understudy.surrogate.feature.FeatureGroup;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each feature's value lies in a bank's array: stage by stage, each feature once along a
 * chain of stages, so that the predictors of a stage share the pass and later stages reuse it.
 */
final class FeatureLayout {
  private final Circuit circuit;
  private final Map<Stage, Map<String, Integer>> offsets = new EnumMap<>(Stage.class);
  private final Map<String, Integer> widths = new LinkedHashMap<>();
  private Map<Stage, Integer> first;
  private Map<Stage, Integer> end;
  private List<String> names;

  FeatureLayout(Circuit circuit) {
    this.circuit = circuit;
    for (Stage stage : Stage.values()) {
      offsets.put(stage, new LinkedHashMap<>());
    }
    for (InputPort input : circuit.inputs()) {
      widths.put(input.name(), input.width());
      widths.put(input.name() + "_prev", input.width());
    }
    for (Parameter parameter : circuit.parameters()) {
      widths.put(parameter.name(), parameter.width());
    }
  }

  void add(PredictorPlan plan) {
    plan.features().forEach(feature -> offsets.get(plan.stage()).putIfAbsent(feature, -1));
  }

  /** The stages' groups, one for each stage in order; fixes the layout. */
  List<FeatureGroup> groups() {
    first = new EnumMap<>(Stage.class);
    end = new EnumMap<>(Stage.class);
    names = new ArrayList<>();
    List<FeatureGroup> groups = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      Map<String, Integer> own = offsets.get(stage);
      own.keySet().removeIf(feature -> find(stage.after(), feature) >= 0);
      first.put(stage, names.size());
      for (Map.Entry<String, Integer> entry : own.entrySet()) {
        entry.setValue(names.size());
        for (int k = 0; k < width(entry.getKey()); k++) {
          names.add(width(entry.getKey()) == 1 ? entry.getKey() : entry.getKey() + (k + 1));
        }
      }
      end.put(stage, names.size());
      groups.add(
          new FeatureGroup(
              "features of " + stage,
              List.copyOf(own.keySet()),
              stage.visible(circuit),
              first.get(stage),
              known(stage.after())));
    }
    return groups;
  }

  /** The scalars that the stages up to this one have left. */
  private Map<String, Integer> known(Stage last) {
    Map<String, Integer> known = new LinkedHashMap<>();
    for (Stage stage = last; stage != null; stage = stage.after()) {
      offsets.get(stage).forEach((name, at) -> known.putIfAbsent(name, at));
    }
    known.keySet().removeAll(widths.keySet());
    return known;
  }

  private int width(String feature) {
    return widths.getOrDefault(feature, 1);
  }

  private int find(Stage from, String feature) {
    for (Stage stage = from; stage != null; stage = stage.after()) {
      Integer at = offsets.get(stage).get(feature);
      if (at != null) {
        return at;
      }
    }
    return -1;
  }

  /** Index of each feature value of a predictor. */
  int[] slots(PredictorPlan plan) {
    return plan.features().stream()
        .flatMapToInt(
            feature -> {
              int at = find(plan.stage(), feature);
              return java.util.stream.IntStream.range(at, at + width(feature));
            })
        .toArray();
  }

  int count() {
    return names.size();
  }

  List<String> names() {
    return names;
  }

  int first(Stage stage) {
    return first.get(stage);
  }

  int end(Stage stage) {
    return end.get(stage);
  }
}
