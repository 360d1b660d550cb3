package io.understudy.cli.mnist;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws a few of a bank's instances. */
final class BankSample {
  private BankSample() {}

  /**
   * Draws without repetition.
   *
   * @param instances of the bank
   * @param count how many; all where there are no more
   * @return their numbers, rising
   */
  static List<Integer> draw(int instances, int count, SplittableRandom random) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      left.add(i);
    }
    while (left.size() > count) {
      left.remove(random.nextInt(left.size()));
    }
    return left;
  }
}
