package io.understudy.cli.characterize;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.understudy.characterizer.CharacterizationResult;
import io.understudy.characterizer.dataset.AccuracyReport;
import io.understudy.characterizer.dataset.DatasetSchema;
import java.util.Locale;

/**
 * What a characterization has made, and at what cost.
 *
 * @param schema of the dataset
 * @param simulated runs that were simulated now, the accuracy check's among them
 * @param ngspiceCpuSecondsPerRun CPU seconds of ngspice for each of them; null where there is none
 * @param workers processes of ngspice at once
 * @param accuracy ngspice's own; null where it was not checked
 */
record CharacterizeSummary(
    @JsonUnwrapped DatasetSchema schema,
    int simulated,
    Double ngspiceCpuSecondsPerRun,
    int workers,
    AccuracyReport accuracy) {
  static CharacterizeSummary of(CharacterizationResult result, int workers, double cpuS) {
    double each = cpuS / result.simulated();
    return new CharacterizeSummary(
        result.schema(),
        result.simulated(),
        Double.isFinite(each) ? each : null,
        workers,
        result.accuracy());
  }

  /** The summary in a line. */
  String line() {
    StringBuilder line = new StringBuilder();
    line.append(schema.runs()).append(" runs, ").append(schema.rows()).append(" events; ");
    line.append(simulated).append(" runs simulated now");
    if (ngspiceCpuSecondsPerRun != null) {
      line.append(
          String.format(Locale.ROOT, ", ngspice %.3f CPU seconds a run", ngspiceCpuSecondsPerRun));
    }
    line.append(", ").append(workers).append(workers == 1 ? " worker" : " workers");
    if (accuracy != null) {
      line.append(
          String.format(
              Locale.ROOT,
              "; ngspice's own error in %d runs: energy %.3f %%, latency %.3f %%",
              accuracy.runs(),
              100 * accuracy.errors().energyRunMean(),
              100 * accuracy.errors().latencyMape()));
    }
    return line.toString();
  }
}
