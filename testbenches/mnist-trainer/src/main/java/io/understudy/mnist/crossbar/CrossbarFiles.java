package io.understudy.mnist.crossbar;

import io.understudy.mnist.MnistException;
import io.understudy.mnist.image.LabelledImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that RTL, testbench and banks read: weights of each bank as a parameter table, the
 * sigmoid's table, the test images.
 */
public final class CrossbarFiles {
  private CrossbarFiles() {}

  /**
   * Writes a network's weights: {@code lLtTT.csv} holds the rows of layer L, tile TT, a row an
   * output.
   */
  public static void writeWeights(CrossbarNetwork network, Path directory) throws IOException {
    Files.createDirectories(directory);
    for (int layer = 0; layer < network.layers().size(); layer++) {
      byte[][][] tiles = network.layers().get(layer);
      for (int tile = 0; tile < tiles.length; tile++) {
        Files.writeString(directory.resolve(name(layer, tile)), table(tiles[tile]));
      }
    }
  }

  private static String name(int layer, int tile) {
    return "l%dt%02d.csv".formatted(layer + 1, tile);
  }

  private static String table(byte[][] rows) {
    StringBuilder text = new StringBuilder("instance");
    for (int k = 1; k <= RowKind.WIDTH; k++) {
      text.append(",w").append(k);
    }
    text.append(",bias\n");
    for (int r = 0; r < rows.length; r++) {
      text.append(r);
      for (byte weight : rows[r]) {
        text.append(',').append(weight);
      }
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * Reads what {@link #writeWeights} wrote.
   *
   * @throws MnistException naming the file and the line that is not as expected
   */
  public static CrossbarNetwork readWeights(Path directory) throws IOException {
    List<byte[][][]> layers = new ArrayList<>();
    for (int layer = 0; layer + 1 < CrossbarNetwork.SIZES.length; layer++) {
      int tiles = (CrossbarNetwork.SIZES[layer] + RowKind.WIDTH - 1) / RowKind.WIDTH;
      int outputs = CrossbarNetwork.SIZES[layer + 1];
      byte[][][] rows = new byte[tiles][outputs][];
      for (int tile = 0; tile < tiles; tile++) {
        Path file = directory.resolve(name(layer, tile));
        List<String> lines = Files.readAllLines(file);
        if (lines.size() != outputs + 1) {
          throw new MnistException(
              file + ": " + lines.size() + " lines (expected: " + (outputs + 1) + ")");
        }
        for (int r = 0; r < outputs; r++) {
          rows[tile][r] = row(file, r, lines.get(r + 1));
        }
      }
      layers.add(rows);
    }
    return new CrossbarNetwork(layers);
  }

  private static byte[] row(Path file, int number, String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != RowKind.WIDTH + 2 || !cells[0].equals(String.valueOf(number))) {
      throw new MnistException(
          file + ": row " + number + ": " + line + " (expected: its number, 32 weights, a bias)");
    }
    byte[] row = new byte[RowKind.WIDTH + 1];
    for (int k = 0; k < row.length; k++) {
      row[k] =
          switch (cells[k + 1]) {
            case "-1" -> -1;
            case "0" -> 0;
            case "1" -> 1;
            default ->
                throw new MnistException(
                    file + ": row " + number + ": " + cells[k + 1] + " (expected: -1, 0 or 1)");
          };
    }
    return row;
  }

  /** Writes the sigmoid for {@code $readmemh}: DAC codes for sums 0..127, then -128..-1. */
  public static void writeSigmoid(Path file) throws IOException {
    byte[] table = Sigmoid.table();
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < table.length; k++) {
      text.append("%02x\n".formatted(table[(k + table.length / 2) % table.length]));
    }
    Files.writeString(file, text);
  }

  /** Writes images for {@code $readmemh}: the label, then pixel 400 first. */
  public static void writeImages(LabelledImages images, Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < images.count(); i++) {
      boolean[] ink = CrossbarNetwork.binarize(images.pixels()[i]);
      text.append("%x_".formatted(images.labels()[i]));
      for (int k = ink.length - 4; k >= 0; k -= 4) {
        int digit = 0;
        for (int b = 3; b >= 0; b--) {
          digit = 2 * digit + (ink[k + b] ? 1 : 0);
        }
        text.append(Character.forDigit(digit, 16));
      }
      text.append('\n');
    }
    Files.writeString(file, text);
  }
}
