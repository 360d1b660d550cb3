package io.understudy.surrogate.compare;

import io.understudy.surrogate.event.EventKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A golden event beside the predicted one: the same periods of the same run. Which of E1 and E2 an
 * input event was may differ.
 *
 * @param golden by SPICE
 * @param predicted by the surrogate
 */
public record EventPair(EventRecord golden, EventRecord predicted) {
  public EventPair {
    boolean same =
        golden.run() == predicted.run()
            && golden.step() == predicted.step()
            && golden.periods() == predicted.periods()
            && (golden.kind() == EventKind.E3) == (predicted.kind() == EventKind.E3);
    if (!same) {
      throw new IllegalArgumentException(
          "event: "
              + describe(predicted)
              + " (expected: "
              + describe(golden)
              + ", as the golden event)");
    }
  }

  private static String describe(EventRecord event) {
    return "run "
        + event.run()
        + ", step "
        + event.step()
        + ": "
        + event.kind()
        + " of "
        + event.periods()
        + " periods";
  }

  /**
   * Pairs two lists of the same inputs, both ordered by run, then by step.
   *
   * @throws IllegalArgumentException naming the first event that has no partner
   */
  public static List<EventPair> pair(List<EventRecord> golden, List<EventRecord> predicted) {
    List<EventPair> pairs = new ArrayList<>(golden.size());
    for (int k = 0; k < Math.min(golden.size(), predicted.size()); k++) {
      pairs.add(new EventPair(golden.get(k), predicted.get(k)));
    }
    if (golden.size() != predicted.size()) {
      throw new IllegalArgumentException(
          "events: " + predicted.size() + " (expected: " + golden.size() + ", as golden)");
    }
    return pairs;
  }
}
