package io.understudy.surrogate.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Output events of one run matched in time: each golden one with at most one of the surrogate's, in
 * order, when they are near enough.
 */
final class OutputMatch {
  static final Comparator<Spike> BY_TIME = Comparator.comparingDouble(Spike::timeS);

  private int golden;
  private int predicted;
  private int matched;
  private double latencyErrors;

  /**
   * An output event.
   *
   * @param timeS since the run's start
   * @param latencyS since its event's start
   */
  record Spike(double timeS, double latencyS) {}

  /**
   * Adds a run.
   *
   * @param goldenSpikes in ascending order of time
   * @param predictedSpikes in ascending order of time
   * @param toleranceS largest difference of a match in s
   */
  void add(List<Spike> goldenSpikes, List<Spike> predictedSpikes, double toleranceS) {
    golden += goldenSpikes.size();
    predicted += predictedSpikes.size();
    int g = 0;
    int p = 0;
    while (g < goldenSpikes.size() && p < predictedSpikes.size()) {
      double difference = predictedSpikes.get(p).timeS - goldenSpikes.get(g).timeS;
      if (Math.abs(difference) <= toleranceS) {
        matched++;
        latencyErrors += Math.abs(difference) / goldenSpikes.get(g).latencyS;
        g++;
        p++;
      } else if (difference < 0) {
        p++;
      } else {
        g++;
      }
    }
  }

  /** F1 of the matches; 1 where neither side has any. */
  double f1() {
    return golden + predicted == 0 ? 1 : 2.0 * matched / (golden + predicted);
  }

  /** Mean of |difference in time| / golden latency over the matches; 0 where there is none. */
  double latencyMape() {
    return matched == 0 ? 0 : latencyErrors / matched;
  }

  /** Golden, predicted and matched output events. */
  int[] counts() {
    return new int[] {golden, predicted, matched};
  }

  @Override
  public String toString() {
    return Arrays.toString(counts());
  }
}
