package io.understudy.cli.mnist;

import java.util.List;

/** What classifying an image costs: the macros' energy from its hand-over to its result. */
final class ImageEnergy {
  private ImageEnergy() {}

  /** Mean over the images in J, all layers together. */
  static double meanJ(MnistSystem system, List<ImageResult> images, List<LayerTally> layers) {
    double sum = 0;
    for (ImageResult image : images) {
      long from = system.period(image.startPs());
      long to = system.period(image.endPs());
      for (LayerTally layer : layers) {
        sum += layer.energyJ(from, to);
      }
    }
    return sum / images.size();
  }
}
