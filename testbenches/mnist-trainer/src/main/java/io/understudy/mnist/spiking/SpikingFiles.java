package io.understudy.mnist.spiking;

import io.understudy.mnist.MnistException;
import io.understudy.mnist.image.LabelledImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that RTL and testbench read with {@code $readmemh}. */
public final class SpikingFiles {
  private static final String HIDDEN = "hidden.hex";
  private static final String OUTPUT = "output.hex";

  private SpikingFiles() {}

  /** Writes the synapses: a line an input, a charge code an output, the last output first. */
  public static void writeWeights(SpikingNetwork network, Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(HIDDEN), synapses(network.hidden()));
    Files.writeString(directory.resolve(OUTPUT), synapses(network.output()));
  }

  /**
   * Reads what {@link #writeWeights} wrote.
   *
   * @throws MnistException naming the file and the line that is not as expected
   */
  public static SpikingNetwork readWeights(Path directory) throws IOException {
    return new SpikingNetwork(
        synapses(directory.resolve(HIDDEN), SpikingNetwork.INPUTS, SpikingNetwork.HIDDEN),
        synapses(directory.resolve(OUTPUT), SpikingNetwork.HIDDEN, SpikingNetwork.OUTPUTS));
  }

  private static String synapses(byte[][] weights) {
    StringBuilder text = new StringBuilder();
    for (byte[] row : weights) {
      for (int j = row.length - 1; j >= 0; j--) {
        text.append("%02x".formatted(row[j]));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static byte[][] synapses(Path file, int inputs, int outputs) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() != inputs) {
      throw new MnistException(file + ": " + lines.size() + " lines (expected: " + inputs + ")");
    }
    byte[][] weights = new byte[inputs][outputs];
    for (int i = 0; i < inputs; i++) {
      String line = lines.get(i);
      if (!line.matches("[0-9a-f]{" + 2 * outputs + "}")) {
        throw new MnistException(
            file + ": line " + (i + 1) + ": " + line + " (expected: " + outputs + " bytes in hex)");
      }
      for (int j = 0; j < outputs; j++) {
        int at = 2 * (outputs - 1 - j);
        weights[i][j] = (byte) Integer.parseInt(line.substring(at, at + 2), 16);
      }
    }
    return weights;
  }

  /** Writes the first states of the encoder's registers, pixel 1 first. */
  public static void writeSeeds(PoissonEncoder encoder, Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int state : encoder.states()) {
      text.append("%04x\n".formatted(state));
    }
    Files.writeString(file, text);
  }

  /** Writes images: the label, then a grey level of 4 bits a pixel, pixel 784 first. */
  public static void writeImages(LabelledImages images, Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < images.count(); i++) {
      int[] levels = PoissonEncoder.levels(images.pixels()[i]);
      text.append("%x_".formatted(images.labels()[i]));
      for (int k = levels.length - 1; k >= 0; k--) {
        text.append(Character.forDigit(levels[k], 16));
      }
      text.append('\n');
    }
    Files.writeString(file, text);
  }
}
