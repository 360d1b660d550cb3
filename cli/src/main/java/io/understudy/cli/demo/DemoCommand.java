package io.understudy.cli.demo;

import io.understudy.cli.ExitStatus;
import io.understudy.cli.Home;
import io.understudy.cli.JsonReport;
import io.understudy.cli.UsageException;
import io.understudy.cli.mnist.MnistCrossbarDemo;
import io.understudy.cli.mnist.MnistSpikingDemo;
import io.understudy.cli.mnist.SystemGlance;
import io.understudy.cli.record.BankRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code understudy demo}: the main job, shown on the shipped testbench. */
@Command(
    name = "demo",
    description =
        "Runs the shipped testbench in both simulators, checks a sample with ngspice, and shows the two"
            + " whole systems at a glance.",
    subcommands = {MnistCrossbarDemo.class, MnistSpikingDemo.class},
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--sample",
      defaultValue = "4",
      paramLabel = "N",
      description = "instances of each bank that go through ngspice (default: ${DEFAULT-VALUE})")
  private int sampleSize;

  @Mixin private JsonReport json;

  @Override
  public Integer call() throws IOException {
    UsageException.checkPositive("--sample", sampleSize);
    Path work = Home.path(".understudy", "demo");
    Files.createDirectories(work);
    DemoSystem system = new DemoSystem(work);
    List<DemoSystem.Run> runs = new ArrayList<>();
    for (DemoSystem.Kind kind : DemoSystem.Kind.values()) {
      System.err.println("understudy: building the testbench for " + kind);
      system.build(kind);
      System.err.println("understudy: running it in " + kind);
      runs.add(system.run(kind));
    }
    List<GoldenSample> samples = new ArrayList<>();
    for (BankRecorder bank : runs.get(0).recorder().banks()) {
      samples.add(sample(bank));
    }
    DemoReport report = DemoVerdict.of(system, runs, samples, SystemGlance.ofBoth());
    new DemoTable(System.out).print(report, samples);
    json.write(report);
    return report.passed() ? ExitStatus.OK : ExitStatus.VERDICT;
  }

  private GoldenSample sample(BankRecorder bank) {
    List<Integer> sampled =
        IntStream.range(0, Math.min(sampleSize, bank.opening().instances())).boxed().toList();
    return GoldenSample.of(bank, sampled);
  }
}
