package io.understudy.mnist.crossbar;

import io.understudy.mnist.image.LabelledImages;
import java.util.List;

/**
 * The network's ternary weights.
 *
 * @param layers of each layer [tile][output][32 weights of -1, 0 or 1, then the bias]
 */
public record CrossbarNetwork(List<byte[][][]> layers) {
  /** Inputs, and outputs of each layer. */
  static final int[] SIZES = {400, 120, 84, 10};

  /** Pixels along an edge: the middle of an image; what is around it is nearly always paper. */
  private static final int EDGE = 20;

  private static final int MARGIN = (LabelledImages.EDGE - EDGE) / 2;
  private static final int INK = 128;

  /** Largest code of DAC and ADC: 0.8 V. */
  static final int FULL = 127;

  /** The 400 pixels that the network sees: true is ink. */
  public static boolean[] binarize(byte[] pixels) {
    boolean[] ink = new boolean[EDGE * EDGE];
    for (int y = 0; y < EDGE; y++) {
      for (int x = 0; x < EDGE; x++) {
        int at = (y + MARGIN) * LabelledImages.EDGE + x + MARGIN;
        ink[y * EDGE + x] = (pixels[at] & 0xff) >= INK;
      }
    }
    return ink;
  }

  /**
   * A pixel's DAC code: ink is -0.8 V, paper 0.8 V. Most is paper, and the operational amplifier
   * wants its inputs above ground.
   */
  static int inputCode(boolean ink) {
    return ink ? -FULL : FULL;
  }

  /** Index of the largest value; the first of equals. */
  static int largest(int[] values) {
    int best = 0;
    for (int j = 1; j < values.length; j++) {
      best = values[j] > values[best] ? j : best;
    }
    return best;
  }
}
