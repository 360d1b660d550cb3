package io.understudy.cli.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.cli.ExitStatus;
import io.understudy.cli.JsonReport;
import io.understudy.cli.UsageException;
import io.understudy.cli.golden.BackendOption;
import io.understudy.cli.golden.GoldenBackend;
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

/** {@code understudy replay}: a stimulus through a running session without a simulator. */
@Command(
    name = "replay",
    description = "Plays a stimulus through a session, without a simulator.",
    sortOptions = false)
public final class ReplayCommand implements Callable<Integer> {
  private static final int TIMEOUT_MS = 60_000;

  /** Instances that have a process of ngspice at a time: they know nothing of each other. */
  private static final int GOLDEN_INSTANCES = 32;

  @Parameters(paramLabel = "CIRCUIT_DIR", description = "the circuit's folder")
  private Path circuitDir;

  @Option(
      names = "--stimulus",
      required = true,
      paramLabel = "S.csv",
      description = "a row a period and instance with an input")
  private Path stimulusFile;

  @Option(names = "--out", required = true, paramLabel = "P.csv", description = "a row an event")
  private Path out;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "length of the run in periods (default: to the last input)")
  private Long steps;

  @Mixin private BackendOption backend;

  @Mixin private JsonReport json;

  @Override
  public Integer call() throws IOException {
    UsageException.checkPositive("--steps", steps);
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
    }
    ReplayListener.Outside outside = bySurrogate ? listener.outside() : null;
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
    json.write(
        new Written(out.toString(), table.size(), length, backend.kind().toString(), outside));
    return ExitStatus.OK;
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
