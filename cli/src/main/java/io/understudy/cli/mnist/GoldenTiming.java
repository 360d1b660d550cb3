package io.understudy.cli.mnist;

import io.understudy.characterizer.TimedAccuracy;
import io.understudy.characterizer.ngspice.ChildCpuTime;
import io.understudy.cli.demo.GoldenSample;
import io.understudy.cli.record.BankRecorder;
import java.util.List;
import java.util.SplittableRandom;

/**
 * CPU time that ngspice takes for the crossings of a recorded run, with the options of {@link
 * TimedAccuracy}: of each bank a seeded sample of instances, one at a time, scaled to all.
 *
 * @param timed instances that went through ngspice
 * @param cpuS of all instances in s
 */
record GoldenTiming(int timed, double cpuS) {
  /**
   * Simulates.
   *
   * @param banks what a run recorded
   * @param sample instances of each bank; all where there are no more
   */
  static GoldenTiming of(List<BankRecorder> banks, int sample, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int timed = 0;
    double cpuS = 0;
    for (BankRecorder bank : banks) {
      int instances = bank.opening().instances();
      List<Integer> chosen = BankSample.draw(instances, sample, random);
      cpuS += cpuS(bank, chosen) * instances / chosen.size();
      timed += chosen.size();
    }
    return new GoldenTiming(timed, cpuS);
  }

  private static double cpuS(BankRecorder bank, List<Integer> chosen) {
    double before = ChildCpuTime.readS();
    GoldenSample.of(bank, chosen, TimedAccuracy.of(bank.opening().circuit()), 1);
    return ChildCpuTime.readS() - before;
  }
}
