package io.understudy.surrogate.feature;

import java.util.List;
import java.util.Set;

/**
 * Features that are computed together.
 *
 * @param label names the group in errors
 * @param expressions what is computed, one value each; a vector's name stands for all its elements
 * @param visible the event's scalars that are known at that moment
 * @param at index of the first value in the output array
 */
public record FeatureGroup(String label, List<String> expressions, Set<Visible> visible, int at) {
  public FeatureGroup {
    expressions = List.copyOf(expressions);
    visible = Set.copyOf(visible);
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
