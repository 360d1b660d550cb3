package io.understudy.mnist;

import io.understudy.mnist.image.LabelledImages;
import java.util.SplittableRandom;

/** Images that are easy to tell apart: a bar for each digit, at a place of its own, and noise. */
public final class SyntheticDigits {
  private SyntheticDigits() {}

  /** So many, digit after digit. */
  public static LabelledImages of(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int edge = LabelledImages.EDGE;
    byte[][] pixels = new byte[count][edge * edge];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
      for (int k = 0; k < edge * edge; k++) {
        boolean bar = k / edge / 2 == labels[i] + 2 && k % edge > 3 && k % edge < 24;
        boolean noise = random.nextInt(20) == 0;
        pixels[i][k] = (byte) (bar != noise ? 250 : 0);
      }
    }
    return new LabelledImages(pixels, labels);
  }
}
