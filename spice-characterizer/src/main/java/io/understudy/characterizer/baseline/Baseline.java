package io.understudy.characterizer.baseline;

/** A simple way to predict a quantity, which a surrogate has to surpass. */
public interface Baseline {
  /** Its name in reports. */
  String name();

  /**
   * Learns from a problem's training events and predicts the unseen ones.
   *
   * @return one value an unseen event, in the quantity's unit; for a decision more than 0.5 where
   *     it happens
   */
  double[] predict(Problem problem);
}
