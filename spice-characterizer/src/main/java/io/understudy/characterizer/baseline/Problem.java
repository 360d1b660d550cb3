package io.understudy.characterizer.baseline;

/**
 * What a baseline is to predict.
 *
 * @param name names the quantity in errors
 * @param measure how its error is measured
 * @param train events to learn from, at least one
 * @param validation events that may stop the learning; may be empty
 * @param unseen events to predict
 * @param seed of whatever is drawn
 */
public record Problem(
    String name, Measure measure, Sample train, Sample validation, Sample unseen, long seed) {
  public Problem {
    if (train.rows() == 0) {
      throw new IllegalArgumentException(name + ": training events: 0 (expected: at least 1)");
    }
  }
}
