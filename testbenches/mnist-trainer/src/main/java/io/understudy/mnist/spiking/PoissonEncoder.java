package io.understudy.mnist.spiking;

import java.util.SplittableRandom;

/**
 * Turns grey values into random events, one generator a pixel: a linear-feedback shift register of
 * 16 bits, 16 shifts a step (Marsaglia's xorshift 7, 9, 8: period 65,535). A pixel has an event
 * where its register's upper byte is below its grey value times {@link #RATE}.
 */
public final class PoissonEncoder {
  /** Events a step and grey level, of 256. */
  static final int RATE = 4;

  private final int[] state;

  /**
   * @param seed of the registers' first states
   */
  public PoissonEncoder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    state = random.ints(SpikingNetwork.INPUTS, 1, 1 << 16).toArray();
  }

  /** The registers as they are. */
  int[] states() {
    return state.clone();
  }

  /** Grey levels 0 to 15 of an image. */
  public static int[] levels(byte[] pixels) {
    int[] levels = new int[pixels.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (pixels[i] & 0xff) >> 4;
    }
    return levels;
  }

  /**
   * One step.
   *
   * @param levels of the image
   * @param events receives who has one
   */
  void step(int[] levels, boolean[] events) {
    for (int i = 0; i < state.length; i++) {
      events[i] = state[i] >> 8 < levels[i] * RATE;
      int x = state[i];
      x ^= x << 7 & 0xffff;
      x ^= x >> 9;
      x ^= x << 8 & 0xffff;
      state[i] = x;
    }
  }
}
