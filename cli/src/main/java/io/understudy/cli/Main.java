package io.understudy.cli;

import io.understudy.cli.bench.BenchCommand;
import io.understudy.cli.chaos.ChaosCommand;
import io.understudy.cli.characterize.CharacterizeCommand;
import io.understudy.cli.characterize.LibertyCommand;
import io.understudy.cli.characterize.TrainCommand;
import io.understudy.cli.characterize.VerifyCommand;
import io.understudy.cli.compare.CompareCommand;
import io.understudy.cli.demo.DemoCommand;
import io.understudy.cli.mnist.MnistWeightsCommand;
import io.understudy.cli.replay.ReplayCommand;
import io.understudy.cli.serve.ServeCommand;
import io.understudy.cli.simulate.RunCommand;
import io.understudy.cli.wrap.WrapCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code ./understudy COMMAND}. */
@Command(
    name = "understudy",
    description =
        "An understudy for SPICE: lets HDL simulators talk to machine-learned stand-ins of analog circuits.",
    subcommands = {
      DemoCommand.class,
      ChaosCommand.class,
      ServeCommand.class,
      RunCommand.class,
      CharacterizeCommand.class,
      TrainCommand.class,
      VerifyCommand.class,
      LibertyCommand.class,
      ReplayCommand.class,
      CompareCommand.class,
      MnistWeightsCommand.class,
      WrapCommand.class,
      BenchCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "./understudy test   runs every test",
      "",
      "Exit status: 0 success, 1 a verdict against, 2 wrong use, 3 not completed."
    },
    mixinStandardHelpOptions = true,
    version = "understudy 0.1.0")
public final class Main {
  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs a command; returns its exit status. */
  public static int execute(String... arguments) {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (e, commandLine, parseResult) -> {
              commandLine.getErr().println("understudy: " + Failure.message(e));
              return Failure.status(e);
            })
        .setUsageHelpAutoWidth(true)
        .execute(arguments);
  }
}
