package io.understudy.characterizer.report;

import io.understudy.characterizer.dataset.AccuracyReport;
import io.understudy.characterizer.evaluate.RunEnergies;
import io.understudy.characterizer.evaluate.TimeBin;
import io.understudy.characterizer.train.TrainingReport;
import io.understudy.surrogate.circuit.Circuit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/** Figures in words. */
final class Sentences {
  private Sentences() {}

  static String unseen(TrainingReport report) {
    return String.format(
        Locale.ROOT,
        "%,d runs with %,d events that training has not seen (stimuli of seed %d)",
        report.decisive().closed().runs(),
        report.decisive().closed().events(),
        report.decisive().seed());
  }

  static String floor(AccuracyReport floor) {
    String reference =
        floor.reference() == null
            ? "tighter tolerances"
            : "reltol "
                + floor.reference().reltol()
                + " and steps of at most "
                + Unit.of("s", floor.reference().maxStepS()).text(floor.reference().maxStepS());
    return floor.runs()
        + " runs of the training data were done again with "
        + reference
        + "; that is how far ngspice's own answers move.";
  }

  static String drift(Circuit circuit, List<TimeBin> bins) {
    String state = circuit.stateNames().get(0);
    int quarter = Math.max(1, bins.size() / 4);
    double first = rms(bins.subList(0, quarter), TimeBin::stateRmseV);
    double last = rms(bins.subList(bins.size() - quarter, bins.size()), TimeBin::stateRmseV);
    Unit unit = Unit.of("V", Math.max(first, last));
    return String.format(
        Locale.ROOT,
        "The error of %s is %s in the runs' first quarter and %s in the last.",
        state,
        unit.text(first),
        unit.text(last));
  }

  private static double rms(List<TimeBin> bins, Function<TimeBin, Double> error) {
    return Math.sqrt(
        bins.stream()
            .map(error)
            .filter(Objects::nonNull)
            .mapToDouble(e -> e * e)
            .average()
            .orElse(0));
  }

  static String runEnergy(RunEnergies.Spread spread) {
    return String.format(
        Locale.ROOT,
        "Half of the runs are within %s, nine of ten within %s; the farthest is off by %s.",
        Unit.percent(spread.median()),
        Unit.percent(spread.ninetieth()),
        Unit.percent(spread.largest()));
  }

  static String trace(boolean spikes) {
    return spikes
        ? "Each stroke is a spike: ngspice's above, the surrogate's below it. Where strokes stand"
            + " one below the other, both agree."
        : "The output at the end of each event of one run. The crosses should lie on the line.";
  }
}
