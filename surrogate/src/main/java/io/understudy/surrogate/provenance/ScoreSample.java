package io.understudy.surrogate.provenance;

/**
 * LightGBM's own raw scores of some rows of a predictor's features; loading a package computes them
 * anew and refuses a difference of one bit.
 *
 * @param rows each row's feature values
 * @param scores LightGBM's score of each, without the predictor's base
 */
public record ScoreSample(double[][] rows, double[] scores) {
  /** Most rows of a sample. */
  public static final int MAX_ROWS = 100;

  /**
   * Checks the shape.
   *
   * @param where names the predictor in errors
   * @param width feature values that a row must have
   * @throws PackageException when it has another
   */
  public void check(String where, int width) {
    boolean fits =
        rows != null && scores != null && rows.length == scores.length && rows.length <= MAX_ROWS;
    for (int r = 0; fits && r < rows.length; r++) {
      fits = rows[r] != null && rows[r].length == width;
    }
    if (!fits) {
      throw new PackageException(
          where
              + ": sample of scores (expected: at most "
              + MAX_ROWS
              + " rows of "
              + width
              + " values, and a score of each)");
    }
  }
}
