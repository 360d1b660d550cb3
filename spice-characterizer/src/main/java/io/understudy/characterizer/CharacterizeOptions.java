package io.understudy.characterizer;

import io.understudy.surrogate.circuit.Characterization;
import io.understudy.surrogate.predict.Surrogate;
import java.nio.file.Path;

/**
 * What to characterize.
 *
 * @param runs number of runs
 * @param seed of the stimuli
 * @param jobs processes of ngspice at once
 * @param outDir the dataset's folder
 * @param keepFiles true: decks, raw files and logs stay in {@code outDir/ngspice}
 * @param checkRuns number of runs, at most all, that are simulated once more by the plan's tighter
 *     tolerances; 0 for none
 * @param refinedBy the surrogate that guides the runs of the plan's refinement; null for the plan's
 *     own runs
 */
public record CharacterizeOptions(
    int runs,
    long seed,
    int jobs,
    Path outDir,
    boolean keepFiles,
    int checkRuns,
    Surrogate refinedBy) {
  public CharacterizeOptions {
    atLeastOne("runs", runs);
    atLeastOne("jobs", jobs);
    if (checkRuns < 0) {
      throw new CharacterizationException("check: " + checkRuns + " (expected: at least 0)");
    }
  }

  /** Without a check of the accuracy. */
  public CharacterizeOptions(int runs, long seed, int jobs, Path outDir, boolean keepFiles) {
    this(runs, seed, jobs, outDir, keepFiles, 0, null);
  }

  /** The circuit's own plan. */
  public static CharacterizeOptions of(Characterization plan, int jobs, Path outDir) {
    int check = plan.check() == null ? 0 : plan.check().runs();
    return new CharacterizeOptions(plan.runs(), plan.seed(), jobs, outDir, false, check, null);
  }

  static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new CharacterizationException(name + ": " + value + " (expected: at least 1)");
    }
  }
}
