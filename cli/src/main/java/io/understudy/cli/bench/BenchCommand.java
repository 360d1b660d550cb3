package io.understudy.cli.bench;

import io.understudy.benchmarks.BenchReport;
import io.understudy.benchmarks.circuit.CircuitBench;
import io.understudy.benchmarks.crossing.CrossingBench;
import io.understudy.benchmarks.evaluator.EvaluatorBench;
import io.understudy.benchmarks.measure.BenchOptions;
import io.understudy.benchmarks.measure.BenchPart;
import io.understudy.benchmarks.measure.Machine;
import io.understudy.benchmarks.scale.ScaleBench;
import io.understudy.benchmarks.simulator.ShadowFigures;
import io.understudy.benchmarks.simulator.SimulatorBench;
import io.understudy.cli.ExitStatus;
import io.understudy.cli.Home;
import io.understudy.cli.JsonReport;
import io.understudy.cli.wrap.WrapCommand;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code understudy bench}: speed, with its baselines in the same run. */
@Command(
    name = "bench",
    description = "Measures speed, each figure beside its baseline in the same run.",
    sortOptions = false)
public final class BenchCommand implements Callable<Integer> {
  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description =
          "evaluator, circuits, crossing, scale, simulators, shadow; several by commas (default: all)")
  private List<BenchPart> only = List.of();

  @Option(
      names = "--quick",
      description = "fewer and shorter rounds: three minutes instead of eight")
  private boolean quick;

  @Mixin private JsonReport json;

  @Override
  public Integer call() throws IOException {
    long start = System.nanoTime();
    Path work = Home.path(".understudy", "bench").toAbsolutePath();
    Files.createDirectories(work);
    Set<BenchPart> parts = only.isEmpty() ? EnumSet.allOf(BenchPart.class) : EnumSet.copyOf(only);
    BenchOptions options = new BenchOptions(Home.path(".").toAbsolutePath(), work, parts, quick);
    Machine machine = Machine.here(options);
    EvaluatorBench.Figures evaluator =
        starts(options, BenchPart.EVALUATOR) ? EvaluatorBench.run(options) : null;
    Map<String, CircuitBench.Figures> circuits =
        starts(options, BenchPart.CIRCUITS) ? CircuitBench.run(options) : null;
    CrossingBench.Figures crossing =
        starts(options, BenchPart.CROSSING) ? CrossingBench.run(options) : null;
    ScaleBench.Figures scale = starts(options, BenchPart.SCALE) ? ScaleBench.run(options) : null;
    Map<String, SimulatorBench.Figures> simulators =
        starts(options, BenchPart.SIMULATORS) ? SimulatorBench.run(options, wrapper(work)) : null;
    ShadowFigures shadow =
        starts(options, BenchPart.SHADOW) ? ShadowBench.run(options, wrapper(work)) : null;
    BenchReport report =
        new BenchReport(
            machine,
            quick,
            (System.nanoTime() - start) / 1e9,
            evaluator,
            circuits,
            crossing,
            scale,
            simulators,
            shadow,
            crossing == null ? null : crossing.allocationBytesPerFrame());
    new BenchTable(System.out).print(report);
    json.write(report);
    return ExitStatus.OK;
  }

  private static boolean starts(BenchOptions options, BenchPart part) {
    boolean asked = options.parts().contains(part);
    if (asked) {
      System.err.println("understudy: measuring " + part.name().toLowerCase(Locale.ROOT));
    }
    return asked;
  }

  private static Path wrapper(Path work) throws IOException {
    return WrapCommand.write(
        CircuitReader.read(Home.models().resolve("lif_neuron")).circuit(),
        work.resolve("simulators"));
  }
}
