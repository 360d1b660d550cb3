package io.understudy.cli.mnist;

import java.util.List;

/**
 * What a demo of a system found; the JSON object of {@code demo mnist-*}.
 *
 * @param images that were classified
 * @param accuracy share of them that is right
 * @param energyJPerImage energy of the macros for an image, in J
 * @param latencyS from an image's hand-over to its result in s
 * @param layers what each layer's macros did
 * @param golden against ngspice; null without a sample
 * @param speed times
 * @param waveform file; null for none
 * @param page file with the picture
 */
record MnistReport(
    int images,
    double accuracy,
    double energyJPerImage,
    double latencyS,
    List<Layer> layers,
    Golden golden,
    Speed speed,
    String waveform,
    String page) {
  /** One layer: instances, then energy in J an image by kind of event. */
  record Layer(
      String name, int instances, double e1J, double e2J, double e3J, Double meanLatencyS) {}

  /** Errors as fractions. */
  record Golden(
      int images,
      double agreement,
      double energyError,
      double latencyError,
      double dynamicEnergyMape,
      double latencyMape,
      int instances) {}

  /**
   * Times.
   *
   * @param wallSPerImage of RTL, crossings and server, in s
   * @param ngspiceCpuSPerImage of the same macros, in s; null without a sample
   * @param ratio how many times faster
   * @param rnmRatio how many times slower than the behavioural models; null when they did not run
   */
  record Speed(double wallSPerImage, Double ngspiceCpuSPerImage, Double ratio, Double rnmRatio) {}
}
