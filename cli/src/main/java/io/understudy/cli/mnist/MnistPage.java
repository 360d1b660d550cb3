package io.understudy.cli.mnist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A page that needs no network and no script: each image with what the system made of it, its
 * layers' activity and their energy over the time that it took.
 */
final class MnistPage {
  private static final int SHOWN = 10;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 90;
  private static final int PIXEL = 5;
  private static final List<String> COLOURS = List.of("#3d6f99", "#c98a3c", "#767d84");
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><meta charset="utf-8"><title>%s</title>
      <style>body{font:14px sans-serif;color:#3b424a;margin:2em}svg{background:#fff;margin-right:1em}
      td{padding:2px 12px;text-align:right}h2{font-size:16px}</style>
      <h1>%s</h1>
      <p>%d images, %d right; %.3f nJ and %.1f ns an image.</p>
      """;

  private final MnistSystem system;
  private final List<ImageResult> images;
  private final List<LayerTally> layers;
  private final StringBuilder html = new StringBuilder();

  MnistPage(MnistSystem system, List<ImageResult> images, List<LayerTally> layers) {
    this.system = system;
    this.images = images;
    this.layers = layers;
  }

  /**
   * Writes it.
   *
   * @param pixelFile the testbench's images: a line each, the label, then the pixels in hexadecimal
   */
  void write(Path file, Path pixelFile, MnistReport report) throws IOException {
    long right = images.stream().filter(ImageResult::isRight).count();
    html.append(
        format(
            HEAD,
            system.folder(),
            system.folder(),
            images.size(),
            right,
            report.energyJPerImage() * 1e9,
            report.latencyS() * 1e9));
    legend();
    List<String> lines = Files.readAllLines(pixelFile);
    for (ImageResult image : images.subList(0, Math.min(SHOWN, images.size()))) {
      html.append(
          format(
              "<h2>Image %d: a %d, taken for %d</h2>\n",
              image.image(), image.label(), image.digit()));
      digit(lines.get(image.image()).substring(2));
      plot("energy in a period, pJ", image, (layer, t) -> layer.energyJ(t, t + 1) * 1e12);
      plot("outputs in a period", image, LayerTally::outputs);
    }
    Files.writeString(file, html.append("</html>\n"));
  }

  private interface Quantity {
    double of(LayerTally layer, long period);
  }

  private void legend() {
    html.append("<p>");
    for (int k = 0; k < layers.size(); k++) {
      html.append(
          format(
              "<span style=\"color:%s\">&#9632; %s (%d instances)</span> ",
              COLOURS.get(k), layers.get(k).name(), layers.get(k).instances()));
    }
    html.append("</p>\n");
  }

  private void digit(String hex) {
    boolean binary = system == MnistSystem.CROSSBAR;
    int edge = binary ? 20 : 28;
    html.append(format("<svg width=\"%d\" height=\"%d\">", 28 * PIXEL, 28 * PIXEL));
    for (int k = 0; k < edge * edge; k++) {
      int at = binary ? hex.length() - 1 - k / 4 : hex.length() - 1 - k;
      int value = Character.digit(hex.charAt(at), 16);
      int level = binary ? 15 * (value >> k % 4 & 1) : value;
      if (level > 0) {
        html.append(
            format(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill-opacity=\"%.2f\"/>",
                k % edge * PIXEL, k / edge * PIXEL, PIXEL, PIXEL, level / 15.0));
      }
    }
    html.append("</svg>\n");
  }

  private void plot(String title, ImageResult image, Quantity quantity) {
    long from = system.period(image.startPs());
    long to = system.period(image.endPs());
    double top = 1e-30;
    for (LayerTally layer : layers) {
      for (long t = from; t < to; t++) {
        top = Math.max(top, quantity.of(layer, t));
      }
    }
    html.append(format("<svg width=\"%d\" height=\"%d\">", WIDTH, HEIGHT + 20));
    html.append(
        format(
            "<text x=\"2\" y=\"12\" font-size=\"11\">%s, up to %.3g; %.0f ns</text>",
            title, top, image.latencyS() * 1e9));
    for (int k = 0; k < layers.size(); k++) {
      html.append(format("<polyline fill=\"none\" stroke=\"%s\" points=\"", COLOURS.get(k)));
      for (long t = from; t < to; t++) {
        html.append(
            format(
                "%.1f,%.1f ",
                (double) (t - from) * WIDTH / (to - from),
                HEIGHT + 18 - HEIGHT * quantity.of(layers.get(k), t) / top));
      }
      html.append("\"/>");
    }
    html.append("</svg>\n");
  }

  private static String format(String text, Object... arguments) {
    return String.format(Locale.ROOT, text, arguments);
  }
}
