package io.understudy.benchmarks.simulator;

import io.understudy.benchmarks.measure.BenchException;
import io.understudy.benchmarks.measure.BenchOptions;
import io.understudy.benchmarks.measure.BenchProcess;
import io.understudy.benchmarks.measure.PairedRounds;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.session.SessionListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bank of 1,000 neurons in Icarus Verilog and Verilator: the same wrapper with its calls and with
 * them left out, in turns.
 */
public final class SimulatorBench {
  /** Neurons in the bank. */
  public static final int INSTANCES = 1_000;

  private static final String TOP = "tb_evaluations";

  private final BenchOptions options;
  private final Path wrapper;
  private final Path folder;

  private SimulatorBench(BenchOptions options, Path wrapper) {
    this.options = options;
    this.wrapper = wrapper;
    this.folder = wrapper.getParent();
  }

  /**
   * One simulator.
   *
   * @param evaluationNs of one evaluation, wrapper and crossing included: what the run with calls
   *     takes longer
   * @param callsS wall time of the run with the calls
   * @param noCallsS with the calls left out
   * @param evaluations of a run
   */
  public record Figures(double evaluationNs, double callsS, double noCallsS, int evaluations) {}

  /**
   * Builds and measures; the shim must have been built.
   *
   * @param wrapper the neuron's, in a folder with the file that it includes
   */
  public static Map<String, Figures> run(BenchOptions options, Path wrapper) throws IOException {
    return new SimulatorBench(options, wrapper).measure();
  }

  /**
   * Builds the bank of neurons for Icarus.
   *
   * @return the command that runs so many steps
   */
  public static List<String> icarus(BenchOptions options, Path wrapper, int steps) {
    SimulatorBench bench = new SimulatorBench(options, wrapper);
    List<String> command = new ArrayList<>(bench.vvp(bench.buildIcarus("icarus", wrapper)));
    command.add(length(steps));
    return command;
  }

  private List<String> vvp(String image) {
    String shims = options.home().resolve("hdl-shims/build").toString();
    return List.of("vvp", "-n", "-M", shims, "-m", "understudy", image);
  }

  private static String length(int steps) {
    return "+steps=" + steps;
  }

  private Map<String, Figures> measure() throws IOException {
    Path bare = folder.resolve("without_calls.sv");
    Files.writeString(bare, WrapperWithoutCalls.of(Files.readString(wrapper)));
    List<String> icarus = List.of(buildIcarus("icarus", wrapper), buildIcarus("icarus0", bare));
    List<String> verilator =
        List.of(buildVerilator("verilator", wrapper), buildVerilator("verilator0", bare));
    Path sockets = Files.createTempDirectory("us");
    ServerConfig config =
        ServerConfig.of(options.models(), new ListenAddress.Unix(sockets.resolve("s")));
    Map<String, Figures> all = new LinkedHashMap<>();
    try (UnderstudyServer server = UnderstudyServer.start(config, SessionListener.NONE)) {
      String address = server.addresses().get(0).toString();
      int steps = options.either(60, 150);
      all.put(
          "icarus", turns(address, vvp(icarus.get(0)), List.of("vvp", "-n", icarus.get(1)), steps));
      all.put(
          "verilator", turns(address, List.of(verilator.get(0)), List.of(verilator.get(1)), steps));
    } finally {
      Files.deleteIfExists(sockets);
    }
    return all;
  }

  private Figures turns(String address, List<String> calls, List<String> none, int steps) {
    int rounds = options.either(3, 5);
    simulate(address, calls, steps);
    double[] with = new double[rounds];
    double[] without = new double[rounds];
    double[] more = new double[rounds];
    for (int k = 0; k < rounds; k++) {
      with[k] = simulate(address, calls, steps);
      without[k] = simulate(address, none, steps);
      more[k] = with[k] - without[k];
    }
    int evaluations = steps * INSTANCES;
    return new Figures(
        PairedRounds.median(more) * 1e9 / evaluations,
        PairedRounds.median(with),
        PairedRounds.median(without),
        evaluations);
  }

  /** Wall time of a run in s. */
  private double simulate(String address, List<String> command, int steps) {
    List<String> whole = new ArrayList<>(command);
    whole.add(length(steps));
    long start = System.nanoTime();
    run("run.log", whole, Map.of("UNDERSTUDY_SERVER", address));
    return (System.nanoTime() - start) / 1e9;
  }

  private String buildIcarus(String name, Path bank) {
    String out = folder.resolve(name + ".vvp").toString();
    run(
        name + ".log",
        List.of("iverilog", "-g2012", "-s", TOP, "-I" + folder, "-o", out, testbench(), text(bank)),
        Map.of());
    return out;
  }

  private String buildVerilator(String name, Path bank) {
    Path out = folder.resolve(name);
    run(
        name + ".log",
        List.of(
            "verilator",
            "--binary",
            "--timing",
            "-Wno-fatal",
            "-I" + folder,
            "--top-module",
            TOP,
            "-Mdir",
            out.toString(),
            "-CFLAGS",
            "-O1",
            testbench(),
            text(bank),
            options.home().resolve("hdl-shims/build/libunderstudy_dpi.a").toString()),
        Map.of());
    return out.resolve("V" + TOP).toString();
  }

  private String testbench() {
    return text(options.home().resolve("benchmarks/hdl/" + TOP + ".sv"));
  }

  private static String text(Path file) {
    return file.toString();
  }

  private void run(String log, List<String> command, Map<String, String> environment) {
    Path errors = folder.resolve(log);
    try {
      BenchProcess.lastLine(command, errors, environment);
    } catch (BenchException e) {
      throw new BenchException(e.getMessage() + " (simulators)", e);
    }
  }
}
