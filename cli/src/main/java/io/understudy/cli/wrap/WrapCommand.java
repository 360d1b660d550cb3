package io.understudy.cli.wrap;

import io.understudy.cli.ExitStatus;
import io.understudy.cli.Home;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code understudy wrap}: the wrapper of a circuit's macro, and what a build needs beside it. */
@Command(
    name = "wrap",
    description = "Writes the SystemVerilog wrapper of a circuit's macro.",
    sortOptions = false)
public final class WrapCommand implements Callable<Integer> {
  private static final String TRACED = "parameter TRACE = 1";
  private static final String UNTRACED = "parameter TRACE = 0";

  @Parameters(
      paramLabel = "CIRCUIT_DIR",
      description = "the circuit's folder, for example models/lif_neuron")
  private Path circuitDir;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder for the files; made when missing")
  private Path out;

  @Option(
      names = "--no-instance-trace",
      description = "the waveform then shows each bank's energy and delay, not each instance's")
  private boolean withoutInstances;

  @Override
  public Integer call() throws IOException {
    Circuit circuit = CircuitReader.read(circuitDir).circuit();
    Path sources = write(circuit, out, !withoutInstances);
    Path build = Home.path("hdl-shims", "build");
    System.out.println("wrote " + sources);
    System.out.println(
        "Icarus:    iverilog -g2012 -s TOP -I" + out + " -o sim.vvp RTL... " + sources);
    System.out.println(
        "           ./understudy run"
            + models()
            + " -- vvp -M "
            + build
            + " -m understudy sim.vvp");
    System.out.println(
        "Verilator: verilator --binary --timing --trace --top-module TOP -I"
            + out
            + " RTL... "
            + sources
            + " "
            + build.toAbsolutePath()
            + "/libunderstudy_dpi.a");
    System.out.println("           ./understudy run" + models() + " -- obj_dir/VTOP");
    return ExitStatus.OK;
  }

  /** The option that makes {@code run} serve this circuit; empty for a shipped one. */
  private String models() {
    Path folder = circuitDir.toAbsolutePath().normalize().getParent();
    if (folder.equals(Home.models().toAbsolutePath().normalize())) {
      return "";
    }
    Path asGiven = circuitDir.normalize().getParent();
    return " --models " + (asGiven == null ? Path.of(".") : asGiven);
  }

  /** The same with each instance's energy and delay in the waveform. */
  public static Path write(Circuit circuit, Path directory) throws IOException {
    return write(circuit, directory, true);
  }

  /**
   * Writes a wrapper and the file it includes.
   *
   * @param instanceTrace default of the wrapper's parameter TRACE; a simulator's build time grows
   *     with what is traced, and matters from some hundreds of instances on
   * @return the wrapper's path
   */
  public static Path write(Circuit circuit, Path directory, boolean instanceTrace)
      throws IOException {
    Path shims = Home.path("hdl-shims", "sv");
    Files.createDirectories(directory);
    Path file = directory.resolve(circuit.macro().module() + ".sv");
    String template = Files.readString(shims.resolve("bank.sv.in"));
    if (!template.contains(TRACED)) {
      throw new IllegalArgumentException("wrapper template: no " + TRACED + " (expected: one)");
    }
    writeIfOther(
        file,
        WrapperTemplate.fill(
            instanceTrace ? template : template.replace(TRACED, UNTRACED), circuit));
    writeIfOther(
        directory.resolve("understudy.svh"), Files.readString(shims.resolve("understudy.svh")));
    return file;
  }

  /** A file that stays as it is keeps its time: simulations are not built anew for it. */
  private static void writeIfOther(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
  }
}
