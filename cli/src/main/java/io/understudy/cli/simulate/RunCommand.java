package io.understudy.cli.simulate;

import io.understudy.cli.ExitStatus;
import io.understudy.cli.Home;
import io.understudy.cli.JsonReport;
import io.understudy.cli.golden.BackendOption;
import io.understudy.cli.golden.GoldenBackend;
import io.understudy.cli.record.SessionRecorder;
import io.understudy.server.session.SessionListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code understudy run}: a simulator with a private server. */
@Command(
    name = "run",
    description = "Runs a simulator with a server of its own.",
    sortOptions = false)
public final class RunCommand implements Callable<Integer> {
  @Mixin private BackendOption backend;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "the models folder (default: the shipped one)")
  private Path models;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "writes each bank's inputs and events there, as BANK.stimulus.csv and BANK.events.csv")
  private Path report;

  @Parameters(
      arity = "1..*",
      paramLabel = "SIMULATOR",
      description = "after --: the simulator and its arguments")
  private List<String> command;

  @Mixin private JsonReport json;

  @Override
  public Integer call() throws IOException {
    SessionRecorder recorder = new SessionRecorder();
    try (GoldenBackend answers = backend.open();
        PrivateServer server =
            PrivateServer.start(
                models == null ? Home.models() : models,
                answers,
                report == null ? SessionListener.NONE : recorder)) {
      Simulator.Result result =
          Simulator.run(
              command, Path.of("").toAbsolutePath(), server.address(), backend.timeoutMs(), null);
      if (report != null) {
        recorder.write(report);
        System.err.println("understudy: wrote " + report);
      }
      if (result.summaryJson() != null) {
        json.write(JsonReport.parse(result.summaryJson()));
      }
      if (result.status() == 0 && result.summaryJson() == null) {
        System.err.println(
            "understudy: "
                + command.get(0)
                + ": opened no bank (expected: a design with a wrapper in it)");
        return ExitStatus.INCOMPLETE;
      }
      return result.status();
    }
  }
}
