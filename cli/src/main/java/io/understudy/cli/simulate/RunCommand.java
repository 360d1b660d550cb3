package io.understudy.cli.simulate;

import io.understudy.cli.ExitStatus;
import io.understudy.cli.JsonReport;
import io.understudy.cli.ModelsOption;
import io.understudy.cli.golden.BackendOption;
import io.understudy.cli.golden.GoldenBackend;
import io.understudy.cli.record.RecordWriter;
import io.understudy.cli.record.SessionRecorder;
import io.understudy.cli.shadow.ShadowSummary;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.server.session.SessionListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  @Mixin private ModelsOption models;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "writes each bank's inputs and events there, as BANK.stimulus.csv and BANK.events.csv")
  private Path report;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "records every crossing; UNDERSTUDY_SERVER=record:FILE plays it without a server, compare"
              + " --record checks it")
  private Path record;

  @Parameters(
      arity = "1..*",
      paramLabel = "SIMULATOR",
      description = "after --: the simulator and its arguments")
  private List<String> command;

  @Mixin private JsonReport json;

  @Override
  public Integer call() throws IOException {
    // Wrong use is said before models are loaded.
    backend.kind();
    SessionRecorder recorder = new SessionRecorder();
    SessionListener reported = report == null ? SessionListener.NONE : recorder;
    Path folder = models.folder();
    ModelRegistry loaded = ModelRegistry.load(folder);
    try (RecordWriter writer = record == null ? null : writer(loaded, reported);
        GoldenBackend answers = backend.open();
        PrivateServer server =
            PrivateServer.start(folder, loaded, answers, writer == null ? reported : writer)) {
      Simulator.Result result =
          Simulator.run(
              command, Path.of("").toAbsolutePath(), server.address(), backend.timeoutMs(), null);
      if (report != null) {
        recorder.write(report);
        System.err.println("understudy: wrote " + report);
      }
      ShadowSummary shadow = new ShadowSummary(answers);
      shadow.print(System.err);
      if (report != null) {
        shadow.write(report);
      }
      if (result.summaryJson() != null) {
        json.write(shadow.addTo(JsonReport.parse(result.summaryJson())));
      }
      return status(result, shadow);
    }
  }

  private RecordWriter writer(ModelRegistry loaded, SessionListener next) throws IOException {
    Map<String, String> versions = new TreeMap<>();
    loaded
        .entries()
        .forEach(m -> versions.put(m.name(), String.valueOf(m.surrogate().source().version())));
    return new RecordWriter(record, versions, backend.kind().toString(), next);
  }

  private int status(Simulator.Result result, ShadowSummary shadow) {
    if (result.status() == 0 && result.summaryJson() == null) {
      System.err.println(
          "understudy: "
              + command.get(0)
              + ": opened no bank (expected: a design with a wrapper in it)");
      return ExitStatus.INCOMPLETE;
    }
    return result.status() == 0 && !shadow.isComplete() ? ExitStatus.INCOMPLETE : result.status();
  }
}
