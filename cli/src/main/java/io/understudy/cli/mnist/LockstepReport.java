package io.understudy.cli.mnist;

import java.util.List;

/**
 * The small configuration answered by the surrogates and by ngspice in lock step, each with its own
 * feedback; the JSON object of {@code demo mnist-* --backend ngspice}.
 *
 * @param images that were classified
 * @param sameDigits how many of them were taken for the same digit
 * @param energyError of all macros together, as a fraction
 * @param layers side by side
 * @param surrogateS wall time of the run in s
 * @param ngspiceS likewise
 */
record LockstepReport(
    int images,
    int sameDigits,
    double energyError,
    List<Layer> layers,
    double surrogateS,
    double ngspiceS) {
  /** One layer by both. */
  record Layer(String name, int instances, Answer surrogate, Answer ngspice) {}

  /**
   * What a layer's macros answered.
   *
   * @param outputs spikes, or levels with a delay
   * @param energyJ of the run in J
   * @param meanLatencyS of the outputs in s; null without any
   */
  record Answer(long outputs, double energyJ, Double meanLatencyS) {
    static Answer of(LayerTally tally) {
      double latencyS = tally.meanLatencyS();
      return new Answer(tally.outputs(), tally.energyJ(), Double.isNaN(latencyS) ? null : latencyS);
    }
  }
}
