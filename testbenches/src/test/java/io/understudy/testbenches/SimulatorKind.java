package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The simulators, and how a testbench {@code tb} is built and started in each. */
enum SimulatorKind {
  ICARUS {
    @Override
    List<String> build(Path shims, List<String> sources) {
      List<String> command =
          new ArrayList<>(List.of("iverilog", "-g2012", "-s", "tb", "-o", "sim.vvp"));
      command.add("-I" + shims.resolveSibling("sv"));
      command.addAll(sources);
      return command;
    }

    @Override
    List<String> start(Path shims, Path directory) {
      String image = directory.resolve("sim.vvp").toString();
      return List.of("vvp", "-n", "-M", shims.toString(), "-m", "understudy", image);
    }
  },

  VERILATOR {
    @Override
    List<String> build(Path shims, List<String> sources) {
      // What counts is the time of the build: a run takes less than a second.
      List<String> command =
          new ArrayList<>(
              List.of("verilator", "--binary", "--timing", "--trace", "--top-module", "tb"));
      command.addAll(List.of("-j", "2", "-CFLAGS", "-O0", "-MAKEFLAGS", "OPT_GLOBAL=-O0"));
      command.add("-I" + shims.resolveSibling("sv"));
      command.addAll(sources);
      command.add(shims.resolve("libunderstudy_dpi.a").toString());
      return command;
    }

    @Override
    List<String> start(Path shims, Path directory) {
      return List.of(directory.resolve("obj_dir").resolve("Vtb").toString());
    }
  };

  private static final Duration BUILD_TIME = Duration.ofMinutes(5);

  /** The command that builds a simulation in the working directory. */
  abstract List<String> build(Path shims, List<String> sources);

  /**
   * The command that starts it, from wherever.
   *
   * @param directory where it was built
   */
  abstract List<String> start(Path shims, Path directory);

  /** Builds; a failure fails the test. */
  void buildIn(Path directory, List<String> sources) {
    Execution build =
        Execution.of(directory, Map.of(), BUILD_TIME, build(ProductHome.shims(), sources));
    assertEquals(0, build.status(), () -> this + " build failed:\n" + build.output());
  }
}
