package io.understudy.characterizer.stimulus;

import io.understudy.surrogate.circuit.Characterization.Sampling;
import java.util.SplittableRandom;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * Points of the unit cube, one a run, that are spread more evenly than by chance. A point depends
 * on the seed and the run alone, and with Latin hypercubes on the number of runs. Safe for many
 * threads.
 */
sealed interface UnitPoints {
  /** The point of a run: a value from 0 to below 1 a dimension; empty where chance is wanted. */
  double[] point(int run);

  /**
   * The points of a sampling.
   *
   * @param dimensions of the cube, at least 1
   * @param runs number of points
   */
  static UnitPoints of(Sampling sampling, int dimensions, long seed, int runs) {
    return switch (sampling) {
      case UNIFORM -> new ByChance();
      case LATIN_HYPERCUBE -> new LatinHypercube(dimensions, seed, runs);
      case SOBOL -> new Sobol(dimensions, seed);
    };
  }

  /** Each draw by itself. */
  record ByChance() implements UnitPoints {
    @Override
    public double[] point(int run) {
      return new double[0];
    }
  }

  /** In each dimension a shuffle of as many equal parts as there are runs, anywhere in the part. */
  final class LatinHypercube implements UnitPoints {
    private final double[][] values;

    LatinHypercube(int dimensions, long seed, int runs) {
      SplittableRandom seeds = new SplittableRandom(seed);
      values = new double[dimensions][];
      for (int d = 0; d < dimensions; d++) {
        values[d] = dimension(seeds.split(), runs);
      }
    }

    private static double[] dimension(SplittableRandom random, int runs) {
      double[] values = new double[runs];
      for (int k = 0; k < runs; k++) {
        int other = random.nextInt(k + 1);
        values[k] = values[other];
        values[other] = k;
      }
      for (int k = 0; k < runs; k++) {
        values[k] = (values[k] + random.nextDouble()) / runs;
      }
      return values;
    }

    @Override
    public double[] point(int run) {
      double[] point = new double[values.length];
      for (int d = 0; d < point.length; d++) {
        point[d] = values[d][run];
      }
      return point;
    }
  }

  /**
   * Sobol's sequence (direction numbers of Joe and Kuo), its binary digits flipped at random in
   * each dimension: a digital shift, which keeps the evenness of the sequence.
   */
  final class Sobol implements UnitPoints {
    private static final int DIGITS = 52;
    private static final double SCALE = 0x1p52;

    private final int dimensions;
    private final SobolSequenceGenerator sequence;
    private final long[] flips;

    Sobol(int dimensions, long seed) {
      this.dimensions = dimensions;
      this.sequence = new SobolSequenceGenerator(dimensions);
      SplittableRandom random = new SplittableRandom(seed);
      this.flips = random.longs(dimensions).map(bits -> bits >>> (Long.SIZE - DIGITS)).toArray();
    }

    @Override
    public synchronized double[] point(int run) {
      double[] point = sequence.skipTo(run);
      for (int d = 0; d < dimensions; d++) {
        point[d] = ((long) (point[d] * SCALE) ^ flips[d]) / SCALE;
      }
      return point;
    }
  }
}
