package io.understudy.characterizer.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How all pictures of a report look: white, thin lines, muted colours. */
final class ChartStyle {
  static final Color INK = new Color(0x3b, 0x42, 0x4a);
  static final Color GOLDEN = new Color(0xc9, 0x8a, 0x3c);
  static final Color PREDICTED = new Color(0x3d, 0x6f, 0x99);
  private static final Color GRID = new Color(0xe4, 0xe6, 0xe8);
  private static final String FAMILY = "DejaVu Sans";

  /** For several lines in a picture, in order. */
  static final List<Color> LINES = List.of(PREDICTED, GOLDEN, new Color(0x76, 0x7d, 0x84));

  private ChartStyle() {}

  static XYChart xy(int width, int height, String xTitle, String yTitle) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title("")
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    apply(chart.getStyler());
    return chart;
  }

  static void apply(AxesChartStyler styler) {
    styler.setLocale(Locale.ROOT);
    styler.setAxisTitleFont(new Font(FAMILY, Font.PLAIN, 10));
    styler.setAxisTickLabelsFont(new Font(FAMILY, Font.PLAIN, 9));
    styler.setAxisTickLabelsColor(INK);
    styler.setAxisTickMarksColor(GRID);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(0.6f));
    styler.setXAxisTickMarkSpacingHint(48);
    styler.setYAxisTickMarkSpacingHint(30);
    styler.setAxisTickMarkLength(3);
    styler.setAxisTitlePadding(3);
    styler.setPlotMargin(2);
    styler.setPlotBorderVisible(false);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setChartFontColor(INK);
    styler.setChartTitleVisible(false);
    styler.setChartPadding(4);
    // The page says what a colour means: a legend would take the plot's room.
    styler.setLegendVisible(false);
  }

  static void line(XYChart chart, String name, double[] x, double[] y, Color color) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(1.5f));
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(color);
    chart.getStyler().setMarkerSize(4);
  }

  /** A finely sampled line. */
  static void trace(XYChart chart, String name, double[] x, double[] y, Color color) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(1.2f));
    series.setMarker(SeriesMarkers.NONE);
  }

  /**
   * Filled steps.
   *
   * @param edges of the steps, ascending
   * @param heights one fewer
   */
  static void steps(XYChart chart, String name, double[] edges, double[] heights, Color color) {
    double[] x = new double[2 * heights.length];
    double[] y = new double[2 * heights.length];
    for (int k = 0; k < x.length; k++) {
      x[k] = edges[(k + 1) / 2];
      y[k] = heights[k / 2];
    }
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area);
    series.setFillColor(color);
    series.setLineStyle(SeriesLines.NONE);
    series.setMarker(SeriesMarkers.NONE);
  }

  /** Points of a colour, seen through each other. */
  static void points(
      XYChart chart, String name, double[] x, double[] y, Color color, int alpha, Marker marker) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineStyle(SeriesLines.NONE);
    series.setMarker(marker);
    series.setMarkerColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha));
  }

  /** The line on which predicted and golden values are the same. */
  static void diagonal(XYChart chart, double from, double to) {
    XYSeries series = chart.addSeries("same", new double[] {from, to}, new double[] {from, to});
    series.setLineColor(new Color(0xb4, 0xb9, 0xbe));
    series.setLineStyle(new BasicStroke(0.8f));
    series.setMarker(SeriesMarkers.NONE);
  }
}
