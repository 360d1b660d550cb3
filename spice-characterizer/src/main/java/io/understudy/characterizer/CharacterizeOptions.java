package io.understudy.characterizer;

import io.understudy.surrogate.circuit.Characterization;
import java.nio.file.Path;

/**
 * What to characterize.
 *
 * @param runs number of runs
 * @param seed of the stimuli
 * @param jobs processes of ngspice at once
 * @param outDir the dataset's folder
 * @param keepFiles true: decks, raw files and logs stay in {@code outDir/ngspice}
 */
public record CharacterizeOptions(int runs, long seed, int jobs, Path outDir, boolean keepFiles) {
  public CharacterizeOptions {
    atLeastOne("runs", runs);
    atLeastOne("jobs", jobs);
  }

  /** The circuit's own plan. */
  public static CharacterizeOptions of(Characterization plan, int jobs, Path outDir) {
    return new CharacterizeOptions(plan.runs(), plan.seed(), jobs, outDir, false);
  }

  static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new CharacterizationException(name + ": " + value + " (expected: at least 1)");
    }
  }
}
