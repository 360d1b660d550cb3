package io.understudy.characterizer.report;

import io.understudy.characterizer.train.PredictorSample;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Scatter and histogram of one predictor's unseen events. */
final class PredictorPictures {
  private static final int WIDTH = 250;
  private static final int HEIGHT = 210;
  private static final int POINTS = 1500;
  private static final int BARS = 31;

  private PredictorPictures() {}

  /** Predicted against golden: points on the diagonal are right. */
  static Picture scatter(PredictorSample sample, Unit unit, String name) {
    int[] shown = shown(sample.golden().length);
    double[] golden = unit.in(picked(sample.golden(), shown));
    double[] predicted = unit.in(picked(sample.predicted(), shown));
    double min = Math.min(least(golden), least(predicted));
    double max = Math.max(greatest(golden), greatest(predicted));
    double margin = max > min ? 0.03 * (max - min) : Math.max(Math.abs(max), 1) * 0.03;
    XYChart chart =
        ChartStyle.xy(WIDTH, HEIGHT, "ngspice, " + unit.symbol(), "surrogate, " + unit.symbol());
    chart.getStyler().setXAxisMin(min - margin).setXAxisMax(max + margin);
    chart.getStyler().setYAxisMin(min - margin).setYAxisMax(max + margin);
    ChartStyle.diagonal(chart, min - margin, max + margin);
    ChartStyle.points(
        chart, "events", golden, predicted, ChartStyle.PREDICTED, 95, SeriesMarkers.CIRCLE);
    chart.getStyler().setMarkerSize(3);
    return Picture.of(chart, name + ": predicted against golden");
  }

  /** How often which error occurs: narrow and about zero is right. */
  static Picture histogram(PredictorSample sample, String name) {
    double[] errors =
        IntStream.range(0, sample.golden().length)
            .mapToDouble(k -> sample.predicted()[k] - sample.golden()[k])
            .toArray();
    double[] sizes = Arrays.stream(errors).map(Math::abs).sorted().toArray();
    // All but the rarest errors fit; those pile up in the outermost bars.
    double reach = sizes[Math.min(sizes.length - 1, sizes.length * 99 / 100)];
    Unit unit = Unit.of(Unit.base(sample.plan().target()), reach);
    double half = reach > 0 ? reach / unit.size() : 1;
    double width = 2 * half / BARS;
    double[] edges = new double[BARS + 1];
    double[] shares = new double[BARS];
    for (int b = 0; b <= BARS; b++) {
      edges[b] = b * width - half;
    }
    for (double error : errors) {
      double bar = Math.floor((error / unit.size() + half) / width);
      shares[(int) Math.min(Math.max(bar, 0), BARS - 1)] += 100.0 / errors.length;
    }
    XYChart chart = ChartStyle.xy(WIDTH, HEIGHT, "error, " + unit.symbol(), "events, %");
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setXAxisMin(-1.04 * half).setXAxisMax(1.04 * half);
    chart.getStyler().setYAxisDecimalPattern("0.##");
    ChartStyle.steps(chart, "errors", edges, shares, ChartStyle.PREDICTED);
    return Picture.of(chart, name + ": how often which error occurs");
  }

  private static int[] shown(int count) {
    return count <= POINTS
        ? IntStream.range(0, count).toArray()
        : new Random(count).ints(0, count).distinct().limit(POINTS).sorted().toArray();
  }

  private static double[] picked(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(k -> values[k]).toArray();
  }

  private static double least(double[] values) {
    return Arrays.stream(values).min().orElse(0);
  }

  private static double greatest(double[] values) {
    return Arrays.stream(values).max().orElse(1);
  }
}
