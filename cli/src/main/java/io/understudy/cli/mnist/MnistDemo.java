package io.understudy.cli.mnist;

import io.understudy.cli.ExitStatus;
import io.understudy.cli.Home;
import io.understudy.cli.JsonReport;
import io.understudy.cli.UsageException;
import io.understudy.cli.demo.DemoSystem;
import io.understudy.cli.record.SessionRecorder;
import io.understudy.surrogate.event.EventKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the demos of both systems share. */
abstract class MnistDemo implements Callable<Integer> {
  private static final int MAX_IMAGES = 100;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "10",
      description = "images, of 100 (default: ${DEFAULT-VALUE})")
  private int count;

  @Option(
      names = "--sim",
      paramLabel = "SIMULATOR",
      defaultValue = "verilator",
      description = "icarus or verilator (default: ${DEFAULT-VALUE})")
  private String simulator;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description =
          "instances of each bank that go through ngspice, beside the whole last layer; 0 for none"
              + " (default: 2 crossbar, 16 spiking)")
  private Integer chosenSample;

  @Option(
      names = "--golden-images",
      paramLabel = "N",
      defaultValue = "2",
      description = "images that they go through it for (default: ${DEFAULT-VALUE})")
  private int goldenImages;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "of the sample (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--rnm", description = "also runs behavioural models in place of the macros")
  private boolean behavioural;

  @Option(
      names = "--vcd",
      description = "also writes the first image's waveform, energies and delays as reals")
  private boolean waveform;

  @Mixin private JsonReport json;

  /** Which system it is. */
  abstract MnistSystem system();

  /** The rows' variant; empty for none. */
  abstract String variant();

  @Override
  public Integer call() throws IOException {
    if (count < 1 || count > MAX_IMAGES) {
      throw new UsageException("--images: " + count + " (expected: 1 to " + MAX_IMAGES + ")");
    }
    int sample = sample();
    if (sample < 0 || goldenImages < 1) {
      throw new UsageException(
          "--sample " + sample + ", --golden-images " + goldenImages + " (expected: >= 0, >= 1)");
    }
    DemoSystem.Kind kind = kind();
    String name = system().folder() + (variant().isEmpty() ? "" : "-" + variant());
    Path work = Home.path(".understudy", name);
    SystemSimulation simulation = new SystemSimulation(system(), kind, variant(), work);
    System.err.println("understudy: building " + name + " for " + kind);
    simulation.build();
    System.err.println("understudy: classifying " + count + " images in " + kind);
    EnergyTally tally = new EnergyTally(system());
    SystemSimulation.Run run = simulation.run(count, null, tally);
    Path vcd = waveform ? work.resolve(simulator + ".vcd") : null;
    GoldenLayers golden = golden(simulation, vcd, sample);
    Double rnmRatio = behavioural ? rnmRatio(simulation, run) : null;
    Path page = work.resolve("report.html");
    MnistReport report = report(run, tally.layers(), golden, rnmRatio, vcd, page);
    new MnistPage(system(), run.images(), tally.layers())
        .write(page, Home.path("testbenches", system().folder(), "data", "images.hex"), report);
    print(name, kind, run, report);
    json.write(report);
    return ExitStatus.OK;
  }

  private int sample() {
    return chosenSample == null ? system().sample() : chosenSample;
  }

  private DemoSystem.Kind kind() {
    for (DemoSystem.Kind kind : DemoSystem.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(simulator)) {
        return kind;
      }
    }
    throw new UsageException("--sim: " + simulator + " (expected: icarus or verilator)");
  }

  /** A run of its own, so that recording does not count in the time of the first. */
  private GoldenLayers golden(SystemSimulation simulation, Path vcd, int sample)
      throws IOException {
    if (sample == 0 && vcd == null) {
      return null;
    }
    SessionRecorder recorder = new SessionRecorder();
    SystemSimulation.Run recorded =
        simulation.run(vcd == null ? Math.min(count, goldenImages) : 1, vcd, recorder);
    return sample == 0
        ? null
        : GoldenLayers.of(system(), recorder.banks(), recorded.images(), sample, seed);
  }

  private double rnmRatio(SystemSimulation simulation, SystemSimulation.Run run)
      throws IOException {
    System.err.println("understudy: building and running the behavioural models");
    simulation.buildBehavioural();
    SystemSimulation.Run models = simulation.runBehavioural(count);
    long right = models.images().stream().filter(ImageResult::isRight).count();
    long same = 0;
    for (int k = 0; k < count; k++) {
      same += models.images().get(k).digit() == run.images().get(k).digit() ? 1 : 0;
    }
    line(
        "behavioural models: %d of %d right, %d as with the surrogates, %.3f s an image",
        right, count, same, models.wallS() / count);
    return run.wallS() / models.wallS();
  }

  private MnistReport report(
      SystemSimulation.Run run,
      List<LayerTally> layers,
      GoldenLayers golden,
      Double rnmRatio,
      Path vcd,
      Path page) {
    double energyJ = 0;
    double latencyS = 0;
    for (ImageResult image : run.images()) {
      latencyS += image.latencyS() / count;
      for (LayerTally layer : layers) {
        energyJ +=
            layer.energyJ(system().period(image.startPs()), system().period(image.endPs())) / count;
      }
    }
    List<MnistReport.Layer> byLayer = layers.stream().map(this::layer).toList();
    double wallS = run.wallS() / count;
    int images = vcd == null ? Math.min(count, goldenImages) : 1;
    Double ngspiceS = golden == null ? null : golden.ngspiceCpuS() / images;
    return new MnistReport(
        count,
        (double) run.images().stream().filter(ImageResult::isRight).count() / count,
        energyJ,
        latencyS,
        byLayer,
        golden == null
            ? null
            : new MnistReport.Golden(
                images,
                golden.agreement(),
                golden.energyError(),
                golden.latencyError(),
                golden.dynamicMape(),
                golden.latencyMape(),
                golden.sampled()),
        new MnistReport.Speed(
            wallS, ngspiceS, ngspiceS == null ? null : ngspiceS / wallS, rnmRatio),
        vcd == null ? null : vcd.toString(),
        page.toString());
  }

  private MnistReport.Layer layer(LayerTally tally) {
    double latencyS = tally.meanLatencyS();
    return new MnistReport.Layer(
        tally.name(),
        tally.instances(),
        tally.energyJ(EventKind.E1) / count,
        tally.energyJ(EventKind.E2) / count,
        tally.energyJ(EventKind.E3) / count,
        Double.isNaN(latencyS) ? null : latencyS);
  }

  private void print(
      String name, DemoSystem.Kind kind, SystemSimulation.Run run, MnistReport report) {
    line("%s in %s", name, kind);
    StringBuilder digits = new StringBuilder();
    for (ImageResult image : run.images()) {
      digits.append(image.isRight() ? " " : " !").append(image.digit());
    }
    line("  digits:%s   (! wrong)", digits);
    line("  accuracy         %10.2f %%   of %d images", 100 * report.accuracy(), count);
    line("  energy           %10.3f nJ  an inference", report.energyJPerImage() * 1e9);
    line("  latency          %10.1f ns  an inference", report.latencyS() * 1e9);
    line("  layer       instances      E1, pJ      E2, pJ      E3, pJ   an image; delay, ns");
    for (MnistReport.Layer layer : report.layers()) {
      line(
          "  %-10s %10d %11.3f %11.3f %11.3f   %.3f",
          layer.name(),
          layer.instances(),
          layer.e1J() * 1e12,
          layer.e2J() * 1e12,
          layer.e3J() * 1e12,
          layer.meanLatencyS() == null ? Double.NaN : layer.meanLatencyS() * 1e9);
    }
    line(
        "  wall time        %10.3f s   an image: RTL, crossings and server",
        report.speed().wallSPerImage());
    if (report.golden() != null) {
      golden(report);
    }
    line("See %s", report.page());
    if (report.waveform() != null) {
      line("See the waveform: gtkwave %s", report.waveform());
    }
  }

  private void golden(MnistReport report) {
    MnistReport.Golden golden = report.golden();
    line(
        "  ngspice, with the crossings recorded of %d images: %d instances, scaled by count",
        golden.images(), golden.instances());
    line(
        "    class agreement    %8.1f %%   with the last layer by ngspice",
        100 * golden.agreement());
    line("    energy error       %8.2f %%   an inference", 100 * golden.energyError());
    line("    latency error      %8.2f %%   an inference", 100 * golden.latencyError());
    line(
        "    dynamic energy     %8.2f %%   mean an event with an output",
        100 * golden.dynamicEnergyMape());
    line("    latency            %8.2f %%   mean an output", 100 * golden.latencyMape());
    line(
        "    CPU time           %8.1f s   an image, %.0f times that of this run",
        report.speed().ngspiceCpuSPerImage(), report.speed().ratio());
  }

  private static void line(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
