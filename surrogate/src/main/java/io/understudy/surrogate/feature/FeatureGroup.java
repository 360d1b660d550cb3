package io.understudy.surrogate.feature;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Features that are computed together.
 *
 * @param label names the group in errors
 * @param expressions what is computed, one value each; a vector's name stands for all its elements
 * @param visible the event's scalars that are known at that moment
 * @param at index of the first value in the output array
 * @param known index of named scalars that the output array already holds when the group is
 *     computed: they are read instead of computed again
 */
public record FeatureGroup(
    String label,
    List<String> expressions,
    Set<Visible> visible,
    int at,
    Map<String, Integer> known) {
  public FeatureGroup {
    expressions = List.copyOf(expressions);
    visible = Set.copyOf(visible);
    known = Map.copyOf(known);
  }

  /** A group that is computed from nothing but its context. */
  public FeatureGroup(String label, List<String> expressions, Set<Visible> visible, int at) {
    this(label, expressions, visible, at, Map.of());
  }

  /** What may be known or unknown at a moment; states and parameters always are known. */
  public enum Visible {
    INPUTS,
    PERIODS,
    LATENCY,
    OUTPUT,
    /** The states at the event's end, as far as they are predicted. */
    NEXT
  }
}
