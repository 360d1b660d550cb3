package io.understudy.cli.mnist;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.understudy.surrogate.event.EventKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a demo of a system found; the JSON object of {@code demo mnist-*}. Names that the naming
 * strategy would split in the wrong place are given.
 *
 * @param images that were classified
 * @param accuracy share of them that is right
 * @param energyJPerImage energy of the macros for an image, in J
 * @param latencyS from an image's hand-over to its result in s
 * @param layers what each layer's macros did
 * @param golden against ngspice; null without a sample
 * @param behavioural with behavioural models in place of the macros; null when they did not run
 * @param speed times
 * @param waveform file; null for none
 * @param page file with the picture
 */
record MnistReport(
    int images,
    double accuracy,
    @JsonProperty("energy_j_per_image") double energyJPerImage,
    double latencyS,
    List<Layer> layers,
    Golden golden,
    Behavioural behavioural,
    Speed speed,
    String waveform,
    String page) {
  /**
   * One layer.
   *
   * @param e1J energy of its input events with an output in J an image
   * @param e2J of those without
   * @param e3J of its idle stretches
   * @param meanLatencyS of its outputs in s; null without any
   * @param outsideShare share of its events that lie outside what the surrogate's training saw;
   *     null without events
   */
  record Layer(
      String name,
      int instances,
      double e1J,
      double e2J,
      double e3J,
      Double meanLatencyS,
      Double outsideShare) {
    static Layer of(LayerTally tally, int images) {
      return new Layer(
          tally.name(),
          tally.instances(),
          tally.energyJ(EventKind.E1) / images,
          tally.energyJ(EventKind.E2) / images,
          tally.energyJ(EventKind.E3) / images,
          known(tally.meanLatencyS()),
          known(tally.outsideShare()));
    }

    private static Double known(double value) {
      return Double.isNaN(value) ? null : value;
    }
  }

  /**
   * Against ngspice, which got the inputs that the surrogates had; errors as fractions.
   *
   * @param images of which the crossings were recorded
   * @param energyMape mean error of an event by its kind
   * @param instances that went through ngspice
   */
  record Golden(
      int images,
      double agreement,
      double energyError,
      double latencyError,
      Map<EventKind, Double> energyMape,
      double latencyMape,
      int instances) {
    static Golden of(int images, GoldenLayers layers) {
      return new Golden(
          images,
          layers.agreement(),
          layers.energyError(),
          layers.latencyError(),
          layers.energyMape(),
          layers.latencyMape(),
          layers.sampled());
    }
  }

  /**
   * The same RTL with behavioural models.
   *
   * @param agreement share of the images with the same digit as with the surrogates
   * @param steadySPerImage as in {@link Speed}
   */
  record Behavioural(
      double accuracy,
      double agreement,
      @JsonProperty("steady_s_per_image") Double steadySPerImage) {
    static Behavioural of(SystemSimulation.Run models, SystemSimulation.Run surrogates) {
      int count = models.images().size();
      int same = 0;
      for (int k = 0; k < count; k++) {
        same += models.images().get(k).digit() == surrogates.images().get(k).digit() ? 1 : 0;
      }
      return new Behavioural(models.accuracy(), (double) same / count, models.steadySPerImage());
    }
  }

  /**
   * Times in s.
   *
   * @param wallSPerImage the whole run by its images: the simulator from start to end, with the
   *     server that it talks to
   * @param steadySPerImage from the first image's result to the last one's; null with one image
   * @param ngspiceCpuSPerImage CPU time for the same macros, see {@link GoldenTiming}; null without
   *     a sample
   * @param ngspiceTimed instances from which that was scaled to all
   * @param ratio how many times as long ngspice takes as the whole run
   * @param rnmRatio how many times as long an image takes as with behavioural models, both by
   *     steadySPerImage; null when they did not run, or with one image
   */
  record Speed(
      @JsonProperty("wall_s_per_image") double wallSPerImage,
      @JsonProperty("steady_s_per_image") Double steadySPerImage,
      @JsonProperty("ngspice_cpu_s_per_image") Double ngspiceCpuSPerImage,
      Integer ngspiceTimed,
      Double ratio,
      Double rnmRatio) {
    /**
     * Compares.
     *
     * @param timing of ngspice; null without one
     * @param timedImages its images
     * @param models null when they did not run
     */
    static Speed of(
        SystemSimulation.Run run, GoldenTiming timing, int timedImages, Behavioural models) {
      double wallS = run.wallS() / run.images().size();
      Double ngspiceS = timing == null ? null : timing.cpuS() / timedImages;
      boolean isSteady = models != null && models.steadySPerImage() != null;
      return new Speed(
          wallS,
          run.steadySPerImage(),
          ngspiceS,
          timing == null ? null : timing.timed(),
          ngspiceS == null ? null : ngspiceS / wallS,
          isSteady ? run.steadySPerImage() / models.steadySPerImage() : null);
    }
  }

  /** Puts together what the runs gave. */
  static MnistReport of(
      MnistSystem system,
      SystemSimulation.Run run,
      List<LayerTally> tallies,
      Golden golden,
      Behavioural behavioural,
      Speed speed,
      Path waveform,
      Path page) {
    int count = run.images().size();
    return new MnistReport(
        count,
        run.accuracy(),
        ImageEnergy.meanJ(system, run.images(), tallies),
        ImageResult.meanLatencyS(run.images()),
        tallies.stream().map(tally -> Layer.of(tally, count)).toList(),
        golden,
        behavioural,
        speed,
        waveform == null ? null : waveform.toString(),
        page.toString());
  }
}
