package io.understudy.characterizer.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A chart as an image within the page: a PNG of sixteen colours, twice as fine as it is shown. The
 * same chart gives the same bytes.
 *
 * @param uri the image's data
 * @param width shown, in pixels
 * @param height shown, in pixels
 * @param alt what it shows, in words
 */
record Picture(String uri, int width, int height, String alt) {
  private static final int FINENESS = 2;
  private static final int COLORS = 16;
  private static final int[] PALETTE = palette();

  static Picture of(Chart<?, ?> chart, String alt) {
    int width = chart.getWidth();
    int height = chart.getHeight();
    BufferedImage image =
        new BufferedImage(width * FINENESS, height * FINENESS, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(FINENESS, FINENESS);
    chart.paint(graphics, width, height);
    graphics.dispose();
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.setUseCache(false);
      ImageIO.write(fewColors(image), "png", out);
      String data = Base64.getEncoder().encodeToString(out.toByteArray());
      return new Picture("data:image/png;base64," + data, width, height, alt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage fewColors(BufferedImage image) {
    byte[][] parts = new byte[3][COLORS];
    for (int k = 0; k < COLORS; k++) {
      parts[0][k] = (byte) (PALETTE[k] >> 16);
      parts[1][k] = (byte) (PALETTE[k] >> 8);
      parts[2][k] = (byte) PALETTE[k];
    }
    BufferedImage few =
        new BufferedImage(
            image.getWidth(),
            image.getHeight(),
            BufferedImage.TYPE_BYTE_BINARY,
            new IndexColorModel(4, COLORS, parts[0], parts[1], parts[2]));
    Map<Integer, Integer> nearest = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int index = nearest.computeIfAbsent(image.getRGB(x, y) & 0xffffff, Picture::nearest);
        few.getRaster().setSample(x, y, 0, index);
      }
    }
    return few;
  }

  private static int nearest(int rgb) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int k = 0; k < COLORS; k++) {
      int red = (rgb >> 16 & 255) - (PALETTE[k] >> 16 & 255);
      int green = (rgb >> 8 & 255) - (PALETTE[k] >> 8 & 255);
      int blue = (rgb & 255) - (PALETTE[k] & 255);
      int distance = red * red + green * green + blue * blue;
      if (distance < least) {
        least = distance;
        best = k;
      }
    }
    return best;
  }

  /** White, and steps towards each colour that charts use. */
  private static int[] palette() {
    List<Integer> colors = new ArrayList<>(List.of(0xffffff));
    steps(colors, ChartStyle.INK, 0.14, 0.38, 0.68, 0.84, 1);
    steps(colors, ChartStyle.PREDICTED, 0.18, 0.36, 0.54, 0.75, 1);
    steps(colors, ChartStyle.GOLDEN, 0.2, 0.4, 0.6, 0.8, 1);
    return colors.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void steps(List<Integer> colors, Color color, double... shares) {
    for (double share : shares) {
      int red = (int) Math.round(255 + share * (color.getRed() - 255));
      int green = (int) Math.round(255 + share * (color.getGreen() - 255));
      int blue = (int) Math.round(255 + share * (color.getBlue() - 255));
      colors.add(red << 16 | green << 8 | blue);
    }
  }
}
