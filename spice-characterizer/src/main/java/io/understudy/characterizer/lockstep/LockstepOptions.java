package io.understudy.characterizer.lockstep;

import io.understudy.surrogate.circuit.Characterization.Accuracy;
import java.nio.file.Path;

/**
 * How banks are simulated in lock step.
 *
 * @param driver the program that runs ngspice's shared library
 * @param accuracy of ngspice; null for that of each circuit's characterization
 * @param jobs processes that simulate at once, at least 1
 * @param maxInstances most instances of a simulator at a time; each is a process
 */
public record LockstepOptions(Path driver, Accuracy accuracy, int jobs, int maxInstances) {
  /** Each takes some 30 MB. */
  public static final int DEFAULT_MAX_INSTANCES = 256;

  public LockstepOptions {
    if (jobs < 1 || maxInstances < 1) {
      throw new IllegalArgumentException(
          "jobs and maxInstances: " + jobs + " and " + maxInstances + " (expected: at least 1)");
    }
  }

  /** All cores, and the circuits' own accuracy. */
  public static LockstepOptions of(Path driver) {
    return new LockstepOptions(
        driver, null, Runtime.getRuntime().availableProcessors(), DEFAULT_MAX_INSTANCES);
  }

  /** The same with another number of processes that simulate at once. */
  public LockstepOptions withJobs(int other) {
    return new LockstepOptions(driver, accuracy, other, maxInstances);
  }
}
