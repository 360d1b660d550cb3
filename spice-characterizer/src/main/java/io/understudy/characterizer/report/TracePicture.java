package io.understudy.characterizer.report;

import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.compare.EventRecord;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What comes out of a few whole runs: a raster of spikes, or the levels of one run. */
final class TracePicture {
  private static final int WIDTH = 720;
  private static final int RUNS = 6;
  private static final double APART = 0.17;

  private TracePicture() {}

  /** Spikes of a few runs: golden ones above, the surrogate's below. */
  static Picture raster(List<EventPair> pairs, double periodS) {
    List<List<EventPair>> runs = chosen(pairs);
    XYChart chart =
        ChartStyle.xy(WIDTH, 46 + 34 * runs.size(), "time since the run's start, ns", "runs");
    chart.getStyler().setYAxisMin(0.4).setYAxisMax(runs.size() + 0.6);
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setYAxisTicksVisible(false);
    spikes(chart, "ngspice", runs, EventPair::golden, APART, periodS);
    spikes(chart, "surrogate", runs, EventPair::predicted, -APART, periodS);
    chart.getStyler().setMarkerSize(9);
    return Picture.of(chart, "spikes of " + runs.size() + " unseen runs");
  }

  private static void spikes(
      XYChart chart,
      String name,
      List<List<EventPair>> runs,
      Function<EventPair, EventRecord> side,
      double above,
      double periodS) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int r = 0; r < runs.size(); r++) {
      for (EventPair pair : runs.get(r)) {
        EventRecord event = side.apply(pair);
        if (event.output() > 0) {
          x.add((event.step() * periodS + event.latencyS()) / Unit.NANOSECOND.size());
          y.add(r + 1 + above);
        }
      }
    }
    if (!x.isEmpty()) {
      ChartStyle.points(
          chart,
          name,
          x.stream().mapToDouble(d -> d).toArray(),
          y.stream().mapToDouble(d -> d).toArray(),
          above > 0 ? ChartStyle.GOLDEN : ChartStyle.PREDICTED,
          255,
          new Stroke());
    }
  }

  /** A level output at the end of each event of one run. */
  static Picture levels(List<EventPair> pairs, double periodS) {
    List<EventPair> run = chosen(pairs).get(0);
    double[] x =
        run.stream()
            .mapToDouble(
                p -> (p.golden().step() + p.golden().periods()) * periodS / Unit.NANOSECOND.size())
            .toArray();
    XYChart chart =
        ChartStyle.xy(WIDTH, 230, "time since the run's start, ns", "output at an event's end, V");
    ChartStyle.line(
        chart,
        "ngspice",
        x,
        run.stream().mapToDouble(p -> p.golden().output()).toArray(),
        ChartStyle.GOLDEN);
    ChartStyle.points(
        chart,
        "surrogate",
        x,
        run.stream().mapToDouble(p -> p.predicted().output()).toArray(),
        ChartStyle.PREDICTED,
        255,
        SeriesMarkers.CROSS);
    chart.getStyler().setMarkerSize(5);
    return Picture.of(chart, "output of one unseen run");
  }

  /** Runs at even distances among those in which an output comes. */
  private static List<List<EventPair>> chosen(List<EventPair> pairs) {
    Map<Integer, List<EventPair>> byRun = new TreeMap<>();
    pairs.forEach(p -> byRun.computeIfAbsent(p.golden().run(), r -> new ArrayList<>()).add(p));
    List<List<EventPair>> with =
        byRun.values().stream()
            .filter(run -> run.stream().anyMatch(p -> p.golden().output() != 0))
            .toList();
    List<List<EventPair>> from = with.isEmpty() ? List.copyOf(byRun.values()) : with;
    int count = Math.min(RUNS, from.size());
    List<List<EventPair>> chosen = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      chosen.add(from.get(k * from.size() / count));
    }
    return chosen;
  }

  /** An upright stroke. */
  private static final class Stroke extends Marker {
    @Override
    public void paint(Graphics2D g, double x, double y, int size) {
      g.setStroke(new BasicStroke(1.2f));
      g.draw(new java.awt.geom.Line2D.Double(x, y - size / 2.0, x, y + size / 2.0));
    }
  }
}
