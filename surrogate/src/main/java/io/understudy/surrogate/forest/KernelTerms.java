package io.understudy.surrogate.forest;

import java.util.Arrays;

/** Terms of linear leaves, one after the other: a coefficient, and where its column starts. */
final class KernelTerms {
  double[] coefficient = new double[16];
  int[] column = new int[16];
  private int count;

  /** Number of terms. */
  int count() {
    return count;
  }

  void add(double of, int columnAt) {
    if (count == column.length) {
      coefficient = Arrays.copyOf(coefficient, 2 * count);
      column = Arrays.copyOf(column, 2 * count);
    }
    coefficient[count] = of;
    column[count++] = columnAt;
  }

  /**
   * Gives back room that was not needed.
   *
   * @param more terms of nothing that follow
   */
  void trim(int more) {
    coefficient = Arrays.copyOf(coefficient, count + more);
    column = Arrays.copyOf(column, count + more);
    Arrays.fill(coefficient, count, count + more, 0);
    Arrays.fill(column, count, count + more, 0);
  }
}
