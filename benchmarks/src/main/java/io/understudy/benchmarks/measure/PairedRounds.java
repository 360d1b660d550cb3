package io.understudy.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Times two pieces of work in turns, so that what else the machine does falls on both, and takes
 * medians over the rounds.
 */
public final class PairedRounds {
  private PairedRounds() {}

  /** Work whose result must be used, so that it is done. */
  @FunctionalInterface
  public interface Work {
    /** Does it once; returns anything that depends on all of it. */
    double run();
  }

  /** Results go here. */
  private static volatile double sink;

  /**
   * What was measured.
   *
   * @param subjectNs median time of one run of the subject
   * @param baselineNs of the baseline
   * @param ratio median over the rounds of baseline / subject: how many times faster the subject is
   */
  public record Pair(double subjectNs, double baselineNs, double ratio) {}

  /**
   * Measures; both are warmed up first.
   *
   * @param sliceNs about how long each side runs in a round
   */
  public static Pair measure(int rounds, long sliceNs, Work subject, Work baseline) {
    long subjectRuns = runsIn(2 * sliceNs, subject) / 2 + 1;
    long baselineRuns = runsIn(2 * sliceNs, baseline) / 2 + 1;
    double[] subjectNs = new double[rounds];
    double[] baselineNs = new double[rounds];
    double[] ratio = new double[rounds];
    for (int k = 0; k < rounds; k++) {
      subjectNs[k] = time(subjectRuns, subject);
      baselineNs[k] = time(baselineRuns, baseline);
      ratio[k] = baselineNs[k] / subjectNs[k];
    }
    return new Pair(median(subjectNs), median(baselineNs), median(ratio));
  }

  /** Runs the work for about so long; how often it ran. */
  public static long runsIn(long ns, Work work) {
    long start = System.nanoTime();
    long runs = 0;
    do {
      sink = work.run();
      runs++;
    } while (System.nanoTime() - start < ns);
    return runs;
  }

  /**
   * CPU time of this thread so far in ns: what one core does for the work, whoever else wants it.
   */
  public static long cpuNs() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Mean CPU time of one of so many runs in ns; the work must stay on this thread. */
  public static double time(long runs, Work work) {
    long start = cpuNs();
    for (long k = 0; k < runs; k++) {
      sink = work.run();
    }
    return (double) (cpuNs() - start) / runs;
  }

  /** The median; of an even number of values the greater of the middle two. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
