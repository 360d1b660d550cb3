package io.understudy.surrogate.feature;

/**
 * What features may look at when they are computed for many events at once: as {@link
 * FeatureContext}, with a place in each array, and a value of each scalar, for every row. Belongs
 * to the caller; reused from batch to batch.
 */
public final class EventColumns {
  /** Most rows of a batch. */
  public static final int ROWS = 1024;

  /**
   * The distance of two columns in an array of feature values: a cache line more than a power of
   * two, as a row's values would otherwise all fall on the same few lines of the processor's cache.
   */
  public static final int STRIDE = ROWS + 8;

  public double[] inputs;
  public final int[] inputsAt = new int[ROWS];
  public double[] previous;
  public final int[] previousAt = new int[ROWS];
  public double[] states;
  public final int[] statesAt = new int[ROWS];
  public double[] next;
  public final int[] nextAt = new int[ROWS];
  public double[] parameters;
  public final int[] parametersAt = new int[ROWS];
  public double[] constants;
  public final int[] constantsAt = new int[ROWS];

  /** Lengths of the idle stretches in periods (E3). */
  public final double[] periods = new double[ROWS];

  /** Latencies of the outputs in s. */
  public final double[] latency = new double[ROWS];

  /** The outputs: volts or numbers of events. */
  public final double[] output = new double[ROWS];

  private double[] work = new double[0];

  /** Room for so many values, whatever they are; grows once. */
  public double[] work(int values) {
    if (work.length < values) {
      work = new double[values];
    }
    return work;
  }
}
