package io.understudy.characterizer.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which runs are learned from, which stop the learning, and which are kept unseen. A run's events
 * resemble each other, so that a split within runs would flatter.
 *
 * @param train 70 %
 * @param validation 15 %
 * @param test 15 %
 */
public record RunSplit(Set<Integer> train, Set<Integer> validation, Set<Integer> test) {
  private static final double TRAIN = 0.70;
  private static final double VALIDATION = 0.15;
  private static final int FEWEST = 3;

  /**
   * Splits by a seeded shuffle.
   *
   * @throws TrainingException when there are fewer than three runs
   */
  public static RunSplit of(EventTable table, long seed) {
    Set<Integer> all = new TreeSet<>();
    table.rows().forEach(row -> all.add(row.run()));
    if (all.size() < FEWEST) {
      throw new TrainingException(
          table.origin() + ": runs: " + all.size() + " (expected: at least " + FEWEST + ")");
    }
    List<Integer> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(seed));
    int size = shuffled.size();
    int validation = Math.max(1, (int) Math.round(VALIDATION * size));
    int train = Math.min((int) Math.round(TRAIN * size), size - validation - 1);
    return new RunSplit(
        Set.copyOf(shuffled.subList(0, train)),
        Set.copyOf(shuffled.subList(train, train + validation)),
        Set.copyOf(shuffled.subList(train + validation, size)));
  }
}
