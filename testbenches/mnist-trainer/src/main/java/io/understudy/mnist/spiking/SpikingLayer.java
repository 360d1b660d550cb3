package io.understudy.mnist.spiking;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A layer of neurons and the synapses before it, while it learns, over one image's time. Latent
 * weights are rounded to charge codes, straight through; a spike's slope is that of a bell about
 * the threshold; what a spike resets is not followed.
 */
final class SpikingLayer {
  static final float MAX_WEIGHT = 63;

  /** Sharpness of the bell, per V. */
  private static final float SHARPNESS_PER_V = 3;

  final int inputs;
  final int outputs;

  /** [input][output], as charge codes. */
  final float[] latent;

  final float[] gradient;
  private final float[] weight;
  private final DiscreteNeuron neuron;

  /** Lifted membranes, [step][output]; which sums saturate or fall to the floor. */
  private final float[] lifted;

  private final boolean[] free;

  /** Spikes, [step][output]. */
  final boolean[] spikes;

  private final float[] sums;
  private final float[] carried;

  SpikingLayer(
      DiscreteNeuron neuron,
      int inputs,
      int outputs,
      int steps,
      float spread,
      SplittableRandom random) {
    this.neuron = neuron;
    this.inputs = inputs;
    this.outputs = outputs;
    this.latent = new float[inputs * outputs];
    this.gradient = new float[latent.length];
    this.weight = new float[latent.length];
    this.lifted = new float[steps * outputs];
    this.free = new boolean[steps * outputs];
    this.spikes = new boolean[steps * outputs];
    this.sums = new float[outputs];
    this.carried = new float[outputs];
    for (int i = 0; i < latent.length; i++) {
      latent[i] = spread * (float) (2 * random.nextDouble() - 1);
    }
  }

  /** Takes the latent weights as they are now. */
  void program() {
    for (int i = 0; i < weight.length; i++) {
      weight[i] = Math.round(latent[i]);
    }
  }

  /**
   * Runs one image.
   *
   * @param active spiking inputs of each step
   */
  void forward(int[][] active) {
    float[] membrane = new float[outputs];
    for (int t = 0; t < active.length; t++) {
      Arrays.fill(sums, 0);
      for (int i : active[t]) {
        int at = i * outputs;
        for (int j = 0; j < outputs; j++) {
          sums[j] += weight[at + j];
        }
      }
      for (int j = 0; j < outputs; j++) {
        int at = t * outputs + j;
        float charge =
            Math.max(-SpikingNetwork.MAX_CHARGE, Math.min(SpikingNetwork.MAX_CHARGE, sums[j]));
        float v = membrane[j] + DiscreteNeuron.VOLTS_PER_CODE * charge;
        lifted[at] = v;
        free[at] = charge == sums[j] && v > DiscreteNeuron.FLOOR_V;
        spikes[at] = v > neuron.thresholdV();
        membrane[j] = spikes[at] ? neuron.resetV() : neuron.leak(v);
      }
    }
  }

  /**
   * Adds one image's gradients.
   *
   * @param active spiking inputs of each step
   * @param slopes of the loss with each spike, [step][output]
   * @param back receives the slopes with each input's spike, [step][input], or null
   */
  void backward(int[][] active, float[] slopes, float[] back) {
    Arrays.fill(carried, 0);
    for (int t = active.length - 1; t >= 0; t--) {
      for (int j = 0; j < outputs; j++) {
        int at = t * outputs + j;
        float away = 1 + SHARPNESS_PER_V * Math.abs(lifted[at] - neuron.thresholdV());
        float slope = slopes[at] / (away * away);
        if (!spikes[at] && lifted[at] > 0) {
          slope += carried[j] * neuron.keep();
        }
        carried[j] = free[at] ? slope : 0;
      }
      for (int i : active[t]) {
        int at = i * outputs;
        for (int j = 0; j < outputs; j++) {
          gradient[at + j] += carried[j];
        }
      }
      if (back != null) {
        for (int i = 0; i < inputs; i++) {
          float sum = 0;
          for (int j = 0; j < outputs; j++) {
            sum += weight[i * outputs + j] * carried[j];
          }
          back[t * inputs + i] = sum;
        }
      }
    }
  }

  /** The weights as charge codes. */
  byte[][] weights() {
    byte[][] codes = new byte[inputs][outputs];
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < outputs; j++) {
        codes[i][j] = (byte) Math.round(latent[i * outputs + j]);
      }
    }
    return codes;
  }
}
