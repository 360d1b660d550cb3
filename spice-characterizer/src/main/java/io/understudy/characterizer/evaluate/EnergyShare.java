package io.understudy.characterizer.evaluate;

import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.event.EventKind;
import java.util.ArrayList;
import java.util.List;

/**
 * What one kind of events takes of all energy, by the kinds that each side sees.
 *
 * @param kind the kind
 * @param goldenEvents so many by SPICE
 * @param predictedEvents so many by the surrogate
 * @param goldenJ their energy by SPICE in J
 * @param predictedJ their energy by the surrogate in J
 */
public record EnergyShare(
    EventKind kind, int goldenEvents, int predictedEvents, double goldenJ, double predictedJ) {
  /** The split of the events' energy; kinds that neither side sees are left out. */
  public static List<EnergyShare> of(List<EventPair> pairs) {
    List<EnergyShare> all = new ArrayList<>();
    for (EventKind kind : EventKind.values()) {
      int goldenEvents = 0;
      int predictedEvents = 0;
      double goldenJ = 0;
      double predictedJ = 0;
      for (EventPair pair : pairs) {
        if (pair.golden().kind() == kind) {
          goldenEvents++;
          goldenJ += pair.golden().energyJ();
        }
        if (pair.predicted().kind() == kind) {
          predictedEvents++;
          predictedJ += pair.predicted().energyJ();
        }
      }
      if (goldenEvents + predictedEvents > 0) {
        all.add(
            new EnergyShare(
                kind, goldenEvents, predictedEvents, Digits.of(goldenJ), Digits.of(predictedJ)));
      }
    }
    return all;
  }
}
