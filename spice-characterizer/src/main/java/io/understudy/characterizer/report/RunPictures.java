package io.understudy.characterizer.report;

import io.understudy.characterizer.evaluate.EnergyShare;
import io.understudy.characterizer.evaluate.RunEnergies;
import io.understudy.characterizer.evaluate.SizePoint;
import io.understudy.characterizer.evaluate.TimeBin;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Pictures of whole runs in closed loop. */
final class RunPictures {
  private static final int WIDTH = 340;
  private static final int HEIGHT = 230;

  private RunPictures() {}

  /** One error against the time since the runs' start. */
  static Picture overTime(
      List<TimeBin> bins, Function<TimeBin, Double> error, double size, String title) {
    List<TimeBin> shown = bins.stream().filter(b -> error.apply(b) != null).toList();
    double[] x =
        shown.stream()
            .mapToDouble(b -> (b.fromS() + b.toS()) / 2 / Unit.NANOSECOND.size())
            .toArray();
    double[] y = shown.stream().mapToDouble(b -> error.apply(b) / size).toArray();
    XYChart chart = ChartStyle.xy(WIDTH, HEIGHT, "time since the run's start, ns", title);
    double max = Arrays.stream(y).max().orElse(1);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(max > 0 ? 1.15 * max : 1);
    chart.getStyler().setXAxisMin(0.0);
    ChartStyle.line(chart, title, x, y, ChartStyle.PREDICTED);
    return Picture.of(chart, title + " against time");
  }

  /** Each run's energy. */
  static Picture energies(RunEnergies runs) {
    Unit unit = Unit.of("J", runs.goldenJ());
    double[] golden = unit.in(runs.goldenJ());
    double[] predicted = unit.in(runs.predictedJ());
    double max =
        1.05
            * Math.max(
                Arrays.stream(golden).max().orElse(1), Arrays.stream(predicted).max().orElse(1));
    double min =
        Math.min(
            0,
            Math.min(
                Arrays.stream(golden).min().orElse(0), Arrays.stream(predicted).min().orElse(0)));
    XYChart chart =
        ChartStyle.xy(
            WIDTH,
            HEIGHT,
            "energy of a run by ngspice, " + unit.symbol(),
            "by the surrogate, " + unit.symbol());
    chart.getStyler().setXAxisMin(min).setXAxisMax(max);
    chart.getStyler().setYAxisMin(min).setYAxisMax(max);
    ChartStyle.diagonal(chart, min, max);
    ChartStyle.points(
        chart, "runs", golden, predicted, ChartStyle.PREDICTED, 150, SeriesMarkers.CIRCLE);
    chart.getStyler().setMarkerSize(4);
    return Picture.of(chart, "energy of each run, predicted against golden");
  }

  /** What each kind of events takes. */
  static Picture split(List<EnergyShare> shares) {
    Unit unit = Unit.of("J", shares.stream().mapToDouble(EnergyShare::goldenJ).toArray());
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("")
            .xAxisTitle("")
            .yAxisTitle("energy of all unseen runs, " + unit.symbol())
            .build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setAvailableSpaceFill(0.5);
    List<String> kinds = shares.stream().map(s -> s.kind().name()).toList();
    bars(chart, "ngspice", kinds, shares, s -> s.goldenJ() / unit.size(), ChartStyle.GOLDEN);
    bars(
        chart, "surrogate", kinds, shares, s -> s.predictedJ() / unit.size(), ChartStyle.PREDICTED);
    return Picture.of(chart, "energy by the kind of events");
  }

  private static void bars(
      CategoryChart chart,
      String name,
      List<String> kinds,
      List<EnergyShare> shares,
      Function<EnergyShare, Double> value,
      Color color) {
    chart.addSeries(name, kinds, shares.stream().map(value).toList()).setFillColor(color);
  }

  /** Errors of the surrogate with its forests cut. */
  static Picture size(List<SizePoint> curve, boolean spikes) {
    XYChart chart =
        ChartStyle.xy(WIDTH + 60, HEIGHT + 20, "trees evaluated an event", "error, % (log)");
    chart.getStyler().setYAxisLogarithmic(true);
    sizeLine(
        chart,
        spikes ? "spikes, 1 - F1" : "output",
        curve,
        p -> spikes ? 1 - error(p, "spike_f1") : error(p, "output_rmse"),
        0);
    sizeLine(chart, "latency", curve, p -> error(p, "latency_mape"), 1);
    sizeLine(chart, "energy of a run", curve, p -> error(p, "energy_run_mean"), 2);
    chart.getStyler().setXAxisMin(0.0);
    double[] all =
        chart.getSeriesMap().values().stream()
            .flatMapToDouble(series -> Arrays.stream(series.getYData()))
            .toArray();
    // Whole decades: only they bear numbers.
    chart.getStyler().setYAxisMin(decade(Math.floor(least(all))));
    chart.getStyler().setYAxisMax(decade(Math.ceil(greatest(all) + 1e-9)));
    return Picture.of(chart, "errors in closed loop against the number of trees");
  }

  private static double least(double[] values) {
    return Arrays.stream(values).map(Math::log10).min().orElse(-1);
  }

  private static double greatest(double[] values) {
    return Arrays.stream(values).map(Math::log10).max().orElse(1);
  }

  private static double decade(double exponent) {
    return Math.pow(10, exponent);
  }

  private static double error(SizePoint point, String name) {
    Double value = point.closedLoop().get(name);
    return value == null ? Double.NaN : value;
  }

  private static void sizeLine(
      XYChart chart,
      String name,
      List<SizePoint> curve,
      Function<SizePoint, Double> error,
      int color) {
    // A logarithmic axis has no place for an error of zero.
    List<SizePoint> shown = curve.stream().filter(p -> error.apply(p) > 0).toList();
    if (!shown.isEmpty()) {
      ChartStyle.line(
          chart,
          name,
          shown.stream().mapToDouble(SizePoint::treesPerEvent).toArray(),
          shown.stream().mapToDouble(p -> 100 * error.apply(p)).toArray(),
          ChartStyle.LINES.get(color));
    }
  }
}
