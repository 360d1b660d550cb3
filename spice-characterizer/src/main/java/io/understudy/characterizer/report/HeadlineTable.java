package io.understudy.characterizer.report;

import io.understudy.characterizer.dataset.AccuracyReport;
import io.understudy.characterizer.train.Evaluation;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.event.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The first table of the page: how exact the surrogate is, beside what can be had. */
final class HeadlineTable {
  private final List<Row> rows = new ArrayList<>();
  private final EventErrors floor;
  private final Map<String, Double> published;

  /**
   * A quantity's errors, as text; empty where unknown.
   *
   * @param quantity what
   * @param closed over whole unseen runs
   * @param open with the golden state at each event's start
   * @param floor ngspice's own
   * @param published what others state
   */
  record Row(String quantity, String closed, String open, String floor, String published) {}

  private HeadlineTable(EventErrors floor, Map<String, Double> published) {
    this.floor = floor;
    this.published = published;
  }

  static List<Row> of(Evaluation evaluation, AccuracyReport floor, Map<String, Double> published) {
    HeadlineTable table = new HeadlineTable(floor == null ? null : floor.errors(), published);
    table.fill(evaluation.closed(), evaluation.open());
    return List.copyOf(table.rows);
  }

  private void fill(EventErrors closed, EventErrors open) {
    if (closed.spikeF1() != null) {
      rows.add(
          new Row(
              "spikes, F1 matched within 1 ns",
              f1(closed.spikeF1()),
              f1(open.spikeF1()),
              floor == null ? "" : f1(floor.spikeF1()),
              f1(published.get("spike_f1"))));
    }
    if (closed.outputRmse() != null) {
      row(
          "output, root mean square error of its swing",
          "output_rmse",
          closed.outputRmse(),
          open.outputRmse(),
          floor == null ? null : floor.outputRmse());
    }
    row(
        "latency, mean relative error",
        "latency_mape",
        closed.latencyMape(),
        open.latencyMape(),
        floor == null ? null : floor.latencyMape());
    row(
        "energy of a run, mean relative error",
        "energy_run_mean",
        closed.energyRunMean(),
        open.energyRunMean(),
        floor == null ? null : floor.energyRunMean());
    row(
        "energy of all runs, error of the sum",
        "energy_total",
        closed.energyTotal(),
        open.energyTotal(),
        floor == null ? null : floor.energyTotal());
    for (EventKind kind : closed.energyMape().keySet()) {
      row(
          "energy of an event " + kind + ", mean relative error",
          "energy_" + kind.name().toLowerCase(Locale.ROOT),
          closed.energyMape().get(kind),
          open.energyMape().get(kind),
          floor == null ? null : floor.energyMape().get(kind));
    }
    closed.stateRmseV().forEach((state, error) -> state(state, error, open));
  }

  private void row(String quantity, String key, Double closed, Double open, Double own) {
    rows.add(
        new Row(
            quantity, percent(closed), percent(open), percent(own), percent(published.get(key))));
  }

  private void state(String state, double closed, EventErrors open) {
    Double own = floor == null ? null : floor.stateRmseV().get(state);
    Unit unit = Unit.of("V", closed);
    rows.add(
        new Row(
            "state " + state + ", root mean square error",
            unit.text(closed),
            unit.text(open.stateRmseV().get(state)),
            own == null ? "" : unit.text(own),
            ""));
  }

  private static String f1(Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String percent(Double value) {
    return value == null ? "" : Unit.percent(value);
  }
}
