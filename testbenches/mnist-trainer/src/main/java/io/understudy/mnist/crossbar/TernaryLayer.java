package io.understudy.mnist.crossbar;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A layer of crossbar rows while it learns. Its inputs are cut into tiles of 32; each tile has one
 * row an output, with a bias of its own; the outputs are the sums of the rows' ADC codes.
 *
 * <p>Learning is straight-through: latent weights in [-1, 1] are rounded to ternary ones, the rows
 * are evaluated with these, and gradients pass through rounding, clipping inside, as if there were
 * none.
 */
final class TernaryLayer {
  private static final float THRESHOLD = 1 / 3f;

  final RowKind kind;
  final int inputs;
  final int outputs;
  final int tiles;

  /** Latent weights, [input][output], then latent biases, [tile][output]. */
  final float[] latent;

  /** Their gradients, summed over a batch. */
  final float[] gradient;

  /** What each weight contributes for 1 V at its input, in V; [input][output]. */
  private final float[] factor;

  /** What each row adds whatever the inputs, in V; [tile][output]. */
  private final float[] offset;

  TernaryLayer(RowKind kind, int inputs, int outputs, SplittableRandom random) {
    this.kind = kind;
    this.inputs = inputs;
    this.outputs = outputs;
    this.tiles = (inputs + RowKind.WIDTH - 1) / RowKind.WIDTH;
    this.latent = new float[(inputs + tiles) * outputs];
    this.gradient = new float[latent.length];
    this.factor = new float[inputs * outputs];
    this.offset = new float[tiles * outputs];
    for (int i = 0; i < inputs * outputs; i++) {
      latent[i] = (float) (random.nextDouble() - 0.5);
    }
  }

  static int ternary(float latent) {
    return latent > THRESHOLD ? 1 : latent < -THRESHOLD ? -1 : 0;
  }

  /** Takes the latent weights as they are now. */
  void program() {
    float[] form = new float[3];
    for (int tile = 0; tile < tiles; tile++) {
      int from = tile * RowKind.WIDTH;
      int to = Math.min(inputs, from + RowKind.WIDTH);
      for (int j = 0; j < outputs; j++) {
        int plus = 0;
        int minus = 0;
        for (int i = from; i < to; i++) {
          int w = ternary(latent[i * outputs + j]);
          plus += w > 0 ? 1 : 0;
          minus += w < 0 ? 1 : 0;
        }
        kind.closedForm(form, plus, minus, ternary(latent[(inputs + tile) * outputs + j]));
        for (int i = from; i < to; i++) {
          int w = ternary(latent[i * outputs + j]);
          factor[i * outputs + j] = w > 0 ? form[0] : w < 0 ? form[1] : 0;
        }
        offset[tile * outputs + j] = form[2];
      }
    }
  }

  /**
   * Evaluates.
   *
   * @param x inputs in V
   * @param rows receives each row's output before clipping in V, [tile][output]
   * @param sums receives the sums of ADC codes
   * @param random noise, or null for none
   */
  void forward(float[] x, float[] rows, int[] sums, SplittableRandom random) {
    System.arraycopy(offset, 0, rows, 0, rows.length);
    for (int i = 0; i < inputs; i++) {
      float v = x[i];
      if (v != 0) {
        int row = i / RowKind.WIDTH * outputs;
        int at = i * outputs;
        for (int j = 0; j < outputs; j++) {
          rows[row + j] += v * factor[at + j];
        }
      }
    }
    Arrays.fill(sums, 0);
    float clip = kind.clipV();
    float noise = random == null ? 0 : kind.noiseV() * (float) Math.sqrt(3);
    for (int tile = 0; tile < tiles; tile++) {
      for (int j = 0; j < outputs; j++) {
        float v = rows[tile * outputs + j];
        if (noise != 0) {
          v += noise * (2 * (float) random.nextDouble() - 1);
        }
        sums[j] += Math.round(Math.max(-clip, Math.min(clip, v)) / RowKind.LSB_V);
      }
    }
  }

  /**
   * Adds one image's gradients.
   *
   * @param x its inputs in V
   * @param rows what {@link #forward} left
   * @param slopes of the loss with each sum in V
   * @param back receives the slopes with the inputs, or null
   */
  void backward(float[] x, float[] rows, float[] slopes, float[] back) {
    float clip = kind.clipV();
    float step = kind.slope();
    for (int tile = 0; tile < tiles; tile++) {
      int row = tile * outputs;
      for (int j = 0; j < outputs; j++) {
        rows[row + j] = Math.abs(rows[row + j]) < clip ? slopes[j] : 0;
      }
      int bias = (inputs + tile) * outputs;
      for (int j = 0; j < outputs; j++) {
        gradient[bias + j] += 0.8f * step * rows[row + j];
      }
    }
    for (int i = 0; i < inputs; i++) {
      int row = i / RowKind.WIDTH * outputs;
      int at = i * outputs;
      float v = x[i] * step;
      for (int j = 0; j < outputs; j++) {
        gradient[at + j] += v * rows[row + j];
      }
      if (back != null) {
        float sum = 0;
        for (int j = 0; j < outputs; j++) {
          sum += factor[at + j] * rows[row + j];
        }
        back[i] = sum;
      }
    }
  }

  /** The ternary weights of each tile's rows: [tile][output][32 weights, then the bias]. */
  byte[][][] rows() {
    byte[][][] rows = new byte[tiles][outputs][RowKind.WIDTH + 1];
    for (int tile = 0; tile < tiles; tile++) {
      for (int j = 0; j < outputs; j++) {
        for (int k = 0; k < RowKind.WIDTH && tile * RowKind.WIDTH + k < inputs; k++) {
          rows[tile][j][k] = (byte) ternary(latent[(tile * RowKind.WIDTH + k) * outputs + j]);
        }
        rows[tile][j][RowKind.WIDTH] = (byte) ternary(latent[(inputs + tile) * outputs + j]);
      }
    }
    return rows;
  }
}
