package io.understudy.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import io.understudy.benchmarks.measure.BenchException;
import io.understudy.benchmarks.measure.BenchOptions;
import io.understudy.benchmarks.measure.PairedRounds;
import io.understudy.benchmarks.simulator.ShadowFigures;
import io.understudy.benchmarks.simulator.SimulatorBench;
import io.understudy.characterizer.GoldenReplay;
import io.understudy.characterizer.ProgressListener;
import io.understudy.characterizer.lockstep.LockstepOptions;
import io.understudy.characterizer.lockstep.LockstepSimulator;
import io.understudy.cli.Home;
import io.understudy.cli.record.BankRecorder;
import io.understudy.cli.record.SessionRecorder;
import io.understudy.cli.shadow.ShadowBackend;
import io.understudy.cli.simulate.PrivateServer;
import io.understudy.cli.simulate.Simulator;
import io.understudy.server.backend.surrogate.SurrogateBackend;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.server.session.BankBackend;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.compare.EventCollector;
import io.understudy.surrogate.event.Stimulus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A bank of 1,000 neurons in Icarus Verilog: the surrogate alone, and with ngspice following a
 * share of them, in turns.
 */
final class ShadowBench {
  private static final double SHARE = 0.05;
  private static final int STEPS = 60;
  private static final long SEED = 1;

  private final BenchOptions options;
  private final ModelRegistry models;
  private final List<String> command;

  private ShadowBench(BenchOptions options, Path wrapper) {
    this.options = options;
    this.models = ModelRegistry.load(options.models());
    this.command = SimulatorBench.icarus(options, wrapper, STEPS);
  }

  /** Wall time of a run, and CPU time of the server, in s. */
  private record Cost(double wallS, double serverCpuS) {}

  /**
   * Builds and measures; shim and lock-step driver must have been built.
   *
   * @param wrapper the neuron's, in a folder with the file that it includes
   */
  static ShadowFigures run(BenchOptions options, Path wrapper) throws IOException {
    return new ShadowBench(options, wrapper).measure();
  }

  private ShadowFigures measure() throws IOException {
    int rounds = options.either(1, 3);
    int cores = Runtime.getRuntime().availableProcessors();
    double[] aloneS = new double[rounds];
    double[] shadowS = new double[rounds];
    double[] ngspiceS = new double[rounds];
    double[] cpuS = new double[rounds];
    double[] serverS = new double[rounds];
    SessionRecorder recorder = new SessionRecorder();
    simulate(new SurrogateBackend(), recorder);
    int followed = 0;
    for (int k = 0; k < rounds; k++) {
      Cost alone = simulate(new SurrogateBackend(), SessionListener.NONE);
      LockstepOptions lockstep = LockstepOptions.of(Home.lockstepDriver());
      try (ShadowBackend backend =
          new ShadowBackend(LockstepSimulator.start(lockstep), SHARE, SEED)) {
        Cost shadow = simulate(backend, SessionListener.NONE);
        aloneS[k] = alone.wallS;
        shadowS[k] = shadow.wallS;
        cpuS[k] = backend.ngspiceCpuS();
        serverS[k] = shadow.serverCpuS - alone.serverCpuS;
        int[] numbers = backend.findings().get(0).followed();
        followed = numbers.length;
        ngspiceS[k] = ngspiceS(recorder.banks().get(0), numbers, cores);
      }
    }
    double longerS = PairedRounds.median(shadowS) - PairedRounds.median(aloneS);
    return new ShadowFigures(
        SimulatorBench.INSTANCES,
        followed,
        cores,
        PairedRounds.median(aloneS),
        PairedRounds.median(shadowS),
        PairedRounds.median(ngspiceS),
        longerS / PairedRounds.median(ngspiceS),
        PairedRounds.median(cpuS),
        PairedRounds.median(serverS));
  }

  /** Wall time of ngspice on what these instances were given. */
  private double ngspiceS(BankRecorder bank, int[] instances, int jobs) {
    Stimulus stimulus = bank.stimulus(Arrays.stream(instances).boxed().toList());
    long start = System.nanoTime();
    GoldenReplay.run(
        models.get(bank.opening().circuit().name()).folder(),
        stimulus,
        stimulus.lastStep() + 1,
        null,
        jobs,
        new EventCollector(),
        ProgressListener.NONE);
    return Simulator.seconds(System.nanoTime() - start);
  }

  private Cost simulate(BankBackend backend, SessionListener listener) throws IOException {
    Path log = options.work().resolve("shadow.log");
    long cpuNs = processCpuNs();
    try (PrivateServer server = PrivateServer.start(options.models(), models, backend, listener)) {
      Simulator.Result result = Simulator.run(command, options.work(), server.address(), log);
      if (result.status() != 0) {
        throw new BenchException(
            command.get(0) + ": status " + result.status() + " (expected: 0; see " + log + ")");
      }
      return new Cost(Simulator.seconds(result.elapsedNs()), (processCpuNs() - cpuNs) * 1e-9);
    }
  }

  private static long processCpuNs() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
