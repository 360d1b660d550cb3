package io.understudy.mnist.spiking;

import io.understudy.mnist.Adam;
import io.understudy.mnist.image.LabelledImages;
import io.understudy.surrogate.predict.Surrogate;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Trains the network 784-128-10 of spiking neurons by gradient descent through time, with a neuron
 * that was fitted to the surrogate.
 */
public final class SpikingTrainer {
  private static final int BATCH = 64;
  private static final float RATE = 0.15f;

  /** Steps of an image while training: the network's rates settle well before its 100. */
  private static final int STEPS = 40;

  /** What one output spike is worth in the softmax. */
  private static final float PER_SPIKE = 0.4f;

  private final SplittableRandom random;
  private final DiscreteNeuron neuron;
  private final SpikingLayer hidden;
  private final SpikingLayer output;
  private final float[] hiddenSlopes = new float[STEPS * SpikingNetwork.HIDDEN];
  private final float[] outputSlopes = new float[STEPS * SpikingNetwork.OUTPUTS];

  /**
   * @param surrogate of the neuron
   * @param seed of all that is drawn
   */
  public SpikingTrainer(Surrogate surrogate, long seed) {
    this.random = new SplittableRandom(seed);
    this.neuron = DiscreteNeuron.fit(surrogate, random.nextLong());
    this.hidden =
        new SpikingLayer(neuron, SpikingNetwork.INPUTS, SpikingNetwork.HIDDEN, STEPS, 12, random);
    this.output =
        new SpikingLayer(neuron, SpikingNetwork.HIDDEN, SpikingNetwork.OUTPUTS, STEPS, 24, random);
  }

  /**
   * Trains.
   *
   * @param epochs passes over the images
   * @param told receives a line for each epoch
   */
  public SpikingNetwork train(LabelledImages images, int epochs, Consumer<String> told) {
    told.accept("fitted " + neuron);
    Adam hiddenAdam = new Adam(hidden.latent.length, SpikingLayer.MAX_WEIGHT);
    Adam outputAdam = new Adam(output.latent.length, SpikingLayer.MAX_WEIGHT);
    int[][] levels =
        Arrays.stream(images.pixels()).map(PoissonEncoder::levels).toArray(int[][]::new);
    int[] order = new int[levels.length];
    Arrays.setAll(order, i -> i);
    hidden.program();
    output.program();
    for (int epoch = 0; epoch < epochs; epoch++) {
      shuffle(order);
      float rate = RATE * (float) (0.5 + 0.5 * StrictMath.cos(Math.PI * epoch / epochs)) + 2e-3f;
      int right = 0;
      for (int n = 0; n < order.length; n++) {
        right += learn(levels[order[n]], images.labels()[order[n]]) ? 1 : 0;
        if (n % BATCH == BATCH - 1 || n == order.length - 1) {
          hiddenAdam.step(hidden.latent, hidden.gradient, rate);
          outputAdam.step(output.latent, output.gradient, rate);
          hidden.program();
          output.program();
        }
      }
      told.accept(
          "epoch %d of %d: %.2f %% of the training images"
              .formatted(epoch + 1, epochs, 100.0 * right / order.length));
    }
    return new SpikingNetwork(hidden.weights(), output.weights());
  }

  private void shuffle(int[] order) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[other];
      order[other] = swap;
    }
  }

  private boolean learn(int[] levels, int label) {
    int[][] active = events(levels);
    hidden.forward(active);
    int[][] spiking = active(hidden.spikes, SpikingNetwork.HIDDEN);
    output.forward(spiking);
    int[] counts = new int[SpikingNetwork.OUTPUTS];
    for (int k = 0; k < output.spikes.length; k++) {
      counts[k % counts.length] += output.spikes[k] ? 1 : 0;
    }
    float[] slopes = softmax(counts, label);
    for (int k = 0; k < outputSlopes.length; k++) {
      outputSlopes[k] = slopes[k % slopes.length];
    }
    output.backward(spiking, outputSlopes, hiddenSlopes);
    hidden.backward(active, hiddenSlopes, null);
    return largest(counts) == label;
  }

  private int[][] events(int[] levels) {
    int[][] active = new int[STEPS][];
    int[] now = new int[levels.length];
    for (int t = 0; t < STEPS; t++) {
      int count = 0;
      for (int i = 0; i < levels.length; i++) {
        if (levels[i] != 0 && (random.nextLong() & 0xff) < levels[i] * PoissonEncoder.RATE) {
          now[count++] = i;
        }
      }
      active[t] = Arrays.copyOf(now, count);
    }
    return active;
  }

  private static int[][] active(boolean[] spikes, int width) {
    int[][] active = new int[spikes.length / width][];
    int[] now = new int[width];
    for (int t = 0; t < active.length; t++) {
      int count = 0;
      for (int j = 0; j < width; j++) {
        if (spikes[t * width + j]) {
          now[count++] = j;
        }
      }
      active[t] = Arrays.copyOf(now, count);
    }
    return active;
  }

  /** Slopes of the cross entropy with each output's count. */
  private static float[] softmax(int[] counts, int label) {
    float[] slopes = new float[counts.length];
    int top = counts[largest(counts)];
    double total = 0;
    for (int j = 0; j < slopes.length; j++) {
      slopes[j] = (float) StrictMath.exp(PER_SPIKE * (counts[j] - top));
      total += slopes[j];
    }
    for (int j = 0; j < slopes.length; j++) {
      slopes[j] = (float) (slopes[j] / total) - (j == label ? 1 : 0);
    }
    return slopes;
  }

  /** Index of the largest count; the first of equals. */
  static int largest(int[] counts) {
    int best = 0;
    for (int j = 1; j < counts.length; j++) {
      best = counts[j] > counts[best] ? j : best;
    }
    return best;
  }
}
