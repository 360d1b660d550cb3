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

  @Override
  public Integer call() throws IOException {
    Circuit circuit = CircuitReader.read(circuitDir).circuit();
    Path sources = write(circuit, out);
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

  /**
   * Writes a wrapper and the file it includes.
   *
   * @return the wrapper's path
   */
  public static Path write(Circuit circuit, Path directory) throws IOException {
    Path shims = Home.path("hdl-shims", "sv");
    Files.createDirectories(directory);
    Path file = directory.resolve(circuit.macro().module() + ".sv");
    Files.writeString(
        file, WrapperTemplate.fill(Files.readString(shims.resolve("bank.sv.in")), circuit));
    Files.writeString(
        directory.resolve("understudy.svh"), Files.readString(shims.resolve("understudy.svh")));
    return file;
  }
}
