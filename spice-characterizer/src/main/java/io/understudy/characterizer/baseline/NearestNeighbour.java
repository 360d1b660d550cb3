package io.understudy.characterizer.baseline;

/**
 * Predicts what the most similar training event had, by the distance of the features, each brought
 * to deviation 1. The search is exhaustive over training events taken at even distances: with tens
 * of features no tree of regions is faster.
 */
public final class NearestNeighbour implements Baseline {
  /** Training events that are searched, at most. */
  private static final int SEARCHED = 10_000;

  /** Features after which a distance that is already too large is given up. */
  private static final int BLOCK = 8;

  @Override
  public String name() {
    return "nearest";
  }

  @Override
  public double[] predict(Problem problem) {
    Sample train = problem.train();
    int stride = (train.rows() + SEARCHED - 1) / SEARCHED;
    int count = (train.rows() + stride - 1) / stride;
    double[] scale = scale(train);
    double[][] known = new double[count][];
    for (int k = 0; k < count; k++) {
      known[k] = scaled(train.features()[k * stride], scale);
    }
    double[] predicted = new double[problem.unseen().rows()];
    for (int r = 0; r < predicted.length; r++) {
      int nearest = nearest(known, scaled(problem.unseen().features()[r], scale));
      predicted[r] = train.targets()[nearest * stride];
    }
    return predicted;
  }

  private static int nearest(double[][] known, double[] row) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < known.length; k++) {
      double squares = 0;
      for (int from = 0; from < row.length && squares < least; from += BLOCK) {
        for (int c = from; c < Math.min(from + BLOCK, row.length); c++) {
          double difference = known[k][c] - row[c];
          squares += difference * difference;
        }
      }
      if (squares < least) {
        least = squares;
        nearest = k;
      }
    }
    return nearest;
  }

  /** 1 / deviation of each feature; 0 where it does not vary. */
  private static double[] scale(Sample train) {
    int width = train.features()[0].length;
    double[] scale = new double[width];
    for (int c = 0; c < width; c++) {
      double sum = 0;
      for (double[] row : train.features()) {
        sum += row[c];
      }
      double mean = sum / train.rows();
      double squares = 0;
      for (double[] row : train.features()) {
        squares += (row[c] - mean) * (row[c] - mean);
      }
      double deviation = Math.sqrt(squares / train.rows());
      scale[c] = deviation > 1e-12 * Math.abs(mean) ? 1 / deviation : 0;
    }
    return scale;
  }

  private static double[] scaled(double[] row, double[] scale) {
    double[] values = new double[row.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = row[c] * scale[c];
    }
    return values;
  }
}
