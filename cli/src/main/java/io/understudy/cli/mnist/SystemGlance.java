package io.understudy.cli.mnist;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.understudy.cli.Home;
import io.understudy.cli.demo.DemoSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One of the whole systems at a glance: a few images in Icarus, which builds it within seconds.
 *
 * @param system its name
 * @param instances macros
 * @param images that were classified
 * @param digits what they were taken for, {@code !} before a wrong one
 * @param energyJPerImage of the macros in J
 * @param latencyS from an image's hand-over to its result in s
 * @param wallSPerImage of the whole run in s
 */
public record SystemGlance(
    String system,
    int instances,
    int images,
    String digits,
    @JsonProperty("energy_j_per_image") double energyJPerImage,
    double latencyS,
    @JsonProperty("wall_s_per_image") double wallSPerImage) {
  private static final int IMAGES = 2;
  private static final String CROSSBAR_VARIANT = "ideal";

  /**
   * Builds and runs both systems.
   *
   * @throws io.understudy.cli.simulate.SimulationException when one of them does not pass
   */
  public static List<SystemGlance> ofBoth() throws IOException {
    return List.of(of(MnistSystem.CROSSBAR, CROSSBAR_VARIANT), of(MnistSystem.SPIKING, ""));
  }

  private static SystemGlance of(MnistSystem system, String variant) throws IOException {
    String name = system.name(variant);
    System.err.println("understudy: building and running " + name + " in Icarus");
    Path work = Home.path(".understudy", name);
    SystemSimulation simulation =
        new SystemSimulation(
            system, DemoSystem.Kind.ICARUS, variant, SystemSimulation.Size.FULL, work);
    simulation.build();
    EnergyTally tally = new EnergyTally(system);
    SystemSimulation.Run run = simulation.run(IMAGES, null, tally);
    return new SystemGlance(
        name,
        tally.layers().stream().mapToInt(LayerTally::instances).sum(),
        run.images().size(),
        MnistTable.digits(run.images()).strip(),
        ImageEnergy.meanJ(system, run.images(), tally.layers()),
        ImageResult.meanLatencyS(run.images()),
        run.wallS() / run.images().size());
  }
}
