package io.understudy.cli.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.cli.ExitStatus;
import io.understudy.cli.JsonReport;
import io.understudy.cli.ModelsOption;
import io.understudy.cli.UsageException;
import io.understudy.cli.golden.BackendOption;
import io.understudy.cli.golden.GoldenBackend;
import io.understudy.cli.shadow.ShadowSummary;
import io.understudy.cli.simulate.PrivateServer;
import io.understudy.server.client.CrossingClient;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.event.EventTableWriter;
import io.understudy.surrogate.event.Stimulus;
import io.understudy.surrogate.event.StimulusReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code understudy replay}: a stimulus or a record through sessions without a simulator. */
@Command(
    name = "replay",
    description =
        "Plays a stimulus through a session, or a record through sessions of its own, without a simulator.",
    sortOptions = false)
public final class ReplayCommand implements Callable<Integer> {
  private static final int TIMEOUT_MS = 60_000;

  /** Instances that have a process of ngspice at a time: they know nothing of each other. */
  private static final int GOLDEN_INSTANCES = 32;

  @Parameters(arity = "0..1", paramLabel = "CIRCUIT_DIR", description = "the circuit's folder")
  private Path circuitDir;

  @Option(
      names = "--stimulus",
      paramLabel = "S.csv",
      description = "a row a period and instance with an input")
  private Path stimulusFile;

  @Option(names = "--out", paramLabel = "P.csv", description = "a row an event")
  private Path out;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "length of the run in periods (default: to the last input)")
  private Long steps;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "in place of a stimulus: plays each session of a record again and compares each answer"
              + " bit by bit; exit 1 at any difference")
  private Path record;

  @Mixin private ModelsOption models;

  @Mixin private BackendOption backend;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "with --backend shadow: writes a row an event there, surrogate less ngspice")
  private Path report;

  @Mixin private JsonReport json;

  @Override
  public Integer call() throws IOException {
    UsageException.checkPositive("--steps", steps);
    checkUse();
    return record == null ? stimulus() : record();
  }

  private void checkUse() {
    boolean any = circuitDir != null || stimulusFile != null || out != null || steps != null;
    boolean all = circuitDir != null && stimulusFile != null && out != null;
    if (record == null ? !all : any) {
      throw new UsageException(
          "replay: "
              + (record == null ? "a part is missing" : "--record with parts of the other")
              + " (expected: CIRCUIT_DIR --stimulus S.csv --out P.csv, or --record FILE)");
    }
  }

  private int record() throws IOException {
    Path folder = models.folder();
    int timeoutMs = backend.timeoutMs().orElse(TIMEOUT_MS);
    try (GoldenBackend answers = backend.open()) {
      List<ReplayedSession.Result> sessions =
          RecordReplay.run(record, folder, answers, backend, timeoutMs);
      if (sessions.isEmpty()) {
        throw new UsageException(record + ": sessions: none (expected: at least one)");
      }
      RecordReplayReport result =
          RecordReplayReport.of(record, backend.kind().toString(), sessions);
      result.print(System.out);
      int status = shadowed(answers, result);
      return result.identical() ? status : ExitStatus.VERDICT;
    }
  }

  /** Tells what the shadow found, and writes the JSON; the status that the shadow asks for. */
  private int shadowed(GoldenBackend answers, Object result) throws IOException {
    ShadowSummary shadow = new ShadowSummary(answers);
    shadow.print(System.out);
    if (report != null) {
      shadow.write(report);
    }
    json.write(shadow.addTo(JsonReport.tree(result)));
    return shadow.isComplete() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
  }

  private int stimulus() throws IOException {
    CircuitFolder folder = CircuitReader.read(circuitDir);
    Stimulus stimulus = StimulusReader.read(stimulusFile, folder.circuit());
    long length = steps == null ? stimulus.lastStep() + 1 : steps;
    EventTableWriter table =
        new EventTableWriter(
            folder.circuit(),
            stimulus.instances().stream().map(Stimulus.Instance::number).toList());
    ReplayListener listener = new ReplayListener(folder.circuit(), table);
    boolean bySurrogate = backend.kind() == BackendOption.Kind.SURROGATE;
    try (GoldenBackend answers = backend.open()) {
      int count = stimulus.instances().size();
      int atOnce = bySurrogate ? count : GOLDEN_INSTANCES;
      for (int first = 0; first < count; first += atOnce) {
        List<Stimulus.Instance> part =
            stimulus.instances().subList(first, Math.min(first + atOnce, count));
        play(folder, new Stimulus(part), length, answers, listener.from(first));
      }
      ReplayListener.Outside outside = bySurrogate ? listener.outside() : null;
      write(table, outside);
      return shadowed(
          answers,
          new Written(out.toString(), table.size(), length, backend.kind().toString(), outside));
    }
  }

  private void write(EventTableWriter table, ReplayListener.Outside outside) throws IOException {
    try (Writer writer = Files.newBufferedWriter(out)) {
      table.writeTo(writer);
    }
    System.out.println("wrote " + table.size() + " events to " + out);
    if (outside != null) {
      System.out.println(
          outside.events()
              + " events outside the trained range"
              + (outside.first() == null ? "" : ", first " + outside.first()));
    }
  }

  /** What {@code --json} says; {@code outside} is of the surrogate alone. */
  record Written(
      String out,
      int events,
      long steps,
      String backend,
      @JsonInclude(JsonInclude.Include.NON_NULL) ReplayListener.Outside outside) {}

  /** Plays a stimulus through a private server. */
  private void play(
      CircuitFolder folder,
      Stimulus stimulus,
      long steps,
      GoldenBackend answers,
      SessionListener listener)
      throws IOException {
    Path models = folder.directory().toAbsolutePath().normalize().getParent();
    int timeoutMs = backend.timeoutMs().orElse(TIMEOUT_MS);
    try (PrivateServer server = PrivateServer.start(models, answers, listener);
        CrossingClient client = CrossingClient.connect(server.address(), "replay", timeoutMs)) {
      new SessionReplay(folder.circuit(), stimulus, client).run(steps);
    }
  }
}
