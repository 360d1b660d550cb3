package io.understudy.mnist.crossbar;

import io.understudy.mnist.Adam;
import io.understudy.mnist.image.LabelledImages;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Trains the network 400-120-84-10 of crossbar rows by gradient descent. */
public final class CrossbarTrainer {
  private static final int BATCH = 64;
  private static final float RATE = 3e-3f;

  /** The sigmoid's slope as learning sees it, flatter than it is, so that gradients do not fade. */
  private static final float SLOPE = 4;

  private static final float TEMPERATURE_PER_V = 4;

  private final List<TernaryLayer> layers;
  private final SplittableRandom random;
  private final Adam[] adams;
  private final float[][] x = new float[4][];
  private final float[][] rows = new float[3][];
  private final int[][] sums = new int[3][];
  private final float[][] slopes = new float[3][];

  /**
   * @param variant of the rows
   * @param seed of all that is drawn
   */
  public CrossbarTrainer(CrossbarVariant variant, long seed) {
    this.random = new SplittableRandom(seed);
    int[] sizes = CrossbarNetwork.SIZES;
    this.layers =
        List.of(
            new TernaryLayer(variant.kinds().get(0), sizes[0], sizes[1], random),
            new TernaryLayer(variant.kinds().get(1), sizes[1], sizes[2], random),
            new TernaryLayer(variant.kinds().get(2), sizes[2], sizes[3], random));
    this.adams = new Adam[3];
    for (int k = 0; k < 3; k++) {
      TernaryLayer layer = layers.get(k);
      adams[k] = new Adam(layer.latent.length, 1);
      x[k] = new float[layer.inputs];
      rows[k] = new float[layer.tiles * layer.outputs];
      sums[k] = new int[layer.outputs];
      slopes[k] = new float[layer.outputs];
    }
  }

  /**
   * Trains.
   *
   * @param epochs passes over the images
   * @param told receives a line for each epoch
   */
  public CrossbarNetwork train(LabelledImages images, int epochs, Consumer<String> told) {
    boolean[][] pixels = new boolean[images.count()][];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = CrossbarNetwork.binarize(images.pixels()[i]);
    }
    int[] order = new int[pixels.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    layers.forEach(TernaryLayer::program);
    for (int epoch = 0; epoch < epochs; epoch++) {
      shuffle(order);
      float rate = RATE * (float) (0.5 + 0.5 * StrictMath.cos(Math.PI * epoch / epochs)) + 2e-5f;
      int right = 0;
      for (int n = 0; n < order.length; n++) {
        right += learn(pixels[order[n]], images.labels()[order[n]]) ? 1 : 0;
        if (n % BATCH == BATCH - 1 || n == order.length - 1) {
          for (int k = 0; k < layers.size(); k++) {
            adams[k].step(layers.get(k).latent, layers.get(k).gradient, rate);
            layers.get(k).program();
          }
        }
      }
      told.accept(
          "epoch %d of %d: %.2f %% of the training images"
              .formatted(epoch + 1, epochs, 100.0 * right / order.length));
    }
    return network();
  }

  /** The network as it is now. */
  CrossbarNetwork network() {
    return new CrossbarNetwork(layers.stream().map(TernaryLayer::rows).toList());
  }

  private void shuffle(int[] order) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[other];
      order[other] = swap;
    }
  }

  private boolean learn(boolean[] ink, int label) {
    for (int i = 0; i < ink.length; i++) {
      x[0][i] = RowKind.LSB_V * CrossbarNetwork.inputCode(ink[i]);
    }
    for (int k = 0; k < 3; k++) {
      layers.get(k).forward(x[k], rows[k], sums[k], random);
      if (k < 2) {
        for (int j = 0; j < sums[k].length; j++) {
          x[k + 1][j] = RowKind.LSB_V * Sigmoid.code(sums[k][j]);
        }
      }
    }
    boolean right = CrossbarNetwork.largest(sums[2]) == label;
    softmax(label);
    for (int k = 2; k >= 0; k--) {
      layers.get(k).backward(x[k], rows[k], slopes[k], k == 0 ? null : slopes[k - 1]);
      if (k > 0) {
        for (int j = 0; j < slopes[k - 1].length; j++) {
          float v = RowKind.LSB_V * sums[k - 1][j];
          float e = (float) Math.exp(Math.min(20, Math.abs(SLOPE * v)));
          slopes[k - 1][j] *= -0.8f * SLOPE * e / ((1 + e) * (1 + e));
        }
      }
    }
    return right;
  }

  /** Slopes of the cross entropy with the last layer's sums in V. */
  private void softmax(int label) {
    int top = sums[2][CrossbarNetwork.largest(sums[2])];
    double total = 0;
    for (int j = 0; j < slopes[2].length; j++) {
      slopes[2][j] = (float) StrictMath.exp(TEMPERATURE_PER_V * RowKind.LSB_V * (sums[2][j] - top));
      total += slopes[2][j];
    }
    for (int j = 0; j < slopes[2].length; j++) {
      slopes[2][j] = (float) (slopes[2][j] / total) - (j == label ? 1 : 0);
    }
  }
}
