package io.understudy.characterizer.extract;

/** Reading one vector between its points. */
final class Trace {
  private Trace() {}

  /**
   * Index of the last point at or before a time; 0 when the time is before the first.
   *
   * @param timeS ascending
   */
  static int indexAt(double[] timeS, double atS) {
    int low = 0;
    int high = timeS.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (timeS[middle] <= atS) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The value at a time, linear between the points, held beyond them. */
  static double valueAt(double[] timeS, double[] values, double atS) {
    int i = indexAt(timeS, atS);
    if (i + 1 >= timeS.length || atS <= timeS[i]) {
      return values[i];
    }
    return values[i] + (values[i + 1] - values[i]) * (atS - timeS[i]) / (timeS[i + 1] - timeS[i]);
  }

  /** Where the segment from point i to i + 1 passes a level that lies between its ends. */
  static double crossingS(double[] timeS, double[] values, int i, double level) {
    return timeS[i] + (timeS[i + 1] - timeS[i]) * (level - values[i]) / (values[i + 1] - values[i]);
  }
}
