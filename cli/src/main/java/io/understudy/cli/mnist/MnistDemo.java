package io.understudy.cli.mnist;

import io.understudy.cli.ExitStatus;
import io.understudy.cli.Home;
import io.understudy.cli.JsonReport;
import io.understudy.cli.UsageException;
import io.understudy.cli.demo.DemoSystem;
import io.understudy.cli.golden.BackendOption;
import io.understudy.cli.record.SessionRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the demos of both systems share. */
@Command(
    sortOptions = false,
    footer = {
      "",
      "Times: wall_s_per_image is the whole run, from the simulator's start to its end, by the"
          + " images. steady_s_per_image counts from the first image's result to the last one's, so"
          + " without what starting costs; rnm_ratio compares it with that of the behavioural"
          + " models, and needs two images. ngspice_cpu_s_per_image is CPU time at reltol 1e-4 and a"
          + " largest step of 0.2 ns (neurons) or 0.1 ns (rows), taken from a part of the instances"
          + " and scaled by count; errors are those at the circuits' own, tighter options. ratio is"
          + " ngspice_cpu_s_per_image by wall_s_per_image."
    })
abstract class MnistDemo implements Callable<Integer> {
  private static final int MAX_IMAGES = 100;
  private static final int IMAGES = 10;
  private static final int LOCKSTEP_IMAGES = 1;
  private static final int GOLDEN_IMAGES = 2;
  private static final int ALL = Integer.MAX_VALUE;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "images, of 100 (default: 10; with --backend ngspice 1)")
  private Integer chosenCount;

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
      description = "images that they go through it for (default: 2)")
  private Integer chosenGoldenImages;

  @Option(
      names = "--golden-all",
      description = "all instances through ngspice, for one image; takes long")
  private boolean goldenAll;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "of the sample (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--rnm",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "also runs behavioural models in place of the macros (default)")
  private boolean behavioural;

  @Option(
      names = "--vcd",
      description = "also writes the first image's waveform, energies and delays as reals")
  private boolean waveform;

  @Option(
      names = "--backend",
      paramLabel = "BACKEND",
      defaultValue = "surrogate",
      description =
          "surrogate; or ngspice: instead of all this, a small configuration of the RTL, answered by"
              + " ngspice in lock step, feedback and all, beside the same with the surrogates"
              + " (default: ${DEFAULT-VALUE})")
  private String backend;

  @Mixin private JsonReport json;

  /** Which system it is. */
  abstract MnistSystem system();

  /** The rows' variant; empty for none. */
  abstract String variant();

  @Override
  public Integer call() throws IOException {
    boolean isLockstep = isLockstep();
    int count = count(isLockstep);
    checkGolden();
    DemoSystem.Kind kind = kind();
    String name = system().name(variant());
    json.write(isLockstep ? lockstep(name, kind, count) : classify(name, kind, count));
    return ExitStatus.OK;
  }

  private MnistReport classify(String name, DemoSystem.Kind kind, int count) throws IOException {
    Path work = Home.path(".understudy", name);
    SystemSimulation simulation = build(name, kind, SystemSimulation.Size.FULL, work);
    System.err.println("understudy: classifying " + count + " images in " + kind);
    EnergyTally tally = new EnergyTally(system());
    SystemSimulation.Run run = simulation.run(count, null, tally);
    MnistReport.Behavioural models = behavioural ? behavioural(simulation, run) : null;
    Path vcd = waveform ? work.resolve(simulator + ".vcd") : null;
    MnistReport.Golden golden = null;
    GoldenTiming timing = null;
    // A run of its own, so that recording does not count in the time of the first.
    int recordedImages = vcd != null || goldenAll ? 1 : Math.min(count, goldenImages());
    if (sample() > 0 || vcd != null) {
      SessionRecorder recorder = new SessionRecorder();
      SystemSimulation.Run recorded = simulation.run(recordedImages, vcd, recorder);
      if (sample() > 0) {
        golden =
            MnistReport.Golden.of(
                recordedImages,
                GoldenLayers.of(system(), recorder.banks(), recorded.images(), sample(), seed));
        timing = GoldenTiming.of(recorder.banks(), system().timed(), seed);
      }
    }
    Path page = work.resolve("report.html");
    MnistReport report =
        MnistReport.of(
            system(),
            run,
            tally.layers(),
            golden,
            models,
            MnistReport.Speed.of(run, timing, recordedImages, models),
            vcd,
            page);
    new MnistPage(system(), run.images(), tally.layers())
        .write(page, Home.path("testbenches", system().folder(), "data", "images.hex"), report);
    new MnistTable(System.out).print(name + " in " + kind, run.images(), report);
    return report;
  }

  private static MnistReport.Behavioural behavioural(
      SystemSimulation simulation, SystemSimulation.Run run) throws IOException {
    System.err.println("understudy: building and running the behavioural models");
    simulation.buildBehavioural();
    return MnistReport.Behavioural.of(simulation.runBehavioural(run.images().size()), run);
  }

  private LockstepReport lockstep(String name, DemoSystem.Kind kind, int count) throws IOException {
    Path work = Home.path(".understudy", name + "-small");
    SystemSimulation simulation = build(name, kind, SystemSimulation.Size.SMALL, work);
    System.out.println(name + ", a small configuration in " + kind);
    return new LockstepComparison(system(), simulation).run(count, System.out);
  }

  private SystemSimulation build(
      String name, DemoSystem.Kind kind, SystemSimulation.Size size, Path work) throws IOException {
    SystemSimulation simulation = new SystemSimulation(system(), kind, variant(), size, work);
    System.err.println("understudy: building " + name + " for " + kind);
    simulation.build();
    return simulation;
  }

  private boolean isLockstep() {
    if (backend.equals(BackendOption.Kind.NGSPICE.toString())) {
      return true;
    }
    if (backend.equals(BackendOption.Kind.SURROGATE.toString())) {
      return false;
    }
    throw new UsageException("--backend: " + backend + " (expected: surrogate or ngspice)");
  }

  private int count(boolean isLockstep) {
    if (chosenCount == null) {
      return isLockstep ? LOCKSTEP_IMAGES : IMAGES;
    }
    if (chosenCount < 1 || chosenCount > MAX_IMAGES) {
      throw new UsageException("--images: " + chosenCount + " (expected: 1 to " + MAX_IMAGES + ")");
    }
    return chosenCount;
  }

  private void checkGolden() {
    UsageException.checkPositive("--golden-images", chosenGoldenImages);
    if (chosenSample != null && chosenSample < 0) {
      throw new UsageException("--sample: " + chosenSample + " (expected: 0 or more)");
    }
    if (goldenAll && (chosenSample != null || chosenGoldenImages != null)) {
      throw new UsageException(
          "--golden-all with --sample or --golden-images (expected: it alone, which says both)");
    }
  }

  private int sample() {
    if (goldenAll) {
      return ALL;
    }
    return chosenSample == null ? system().sample() : chosenSample;
  }

  private int goldenImages() {
    return chosenGoldenImages == null ? GOLDEN_IMAGES : chosenGoldenImages;
  }

  private DemoSystem.Kind kind() {
    return Arrays.stream(DemoSystem.Kind.values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(simulator))
        .findFirst()
        .orElseThrow(
            () -> new UsageException("--sim: " + simulator + " (expected: icarus or verilator)"));
  }
}
