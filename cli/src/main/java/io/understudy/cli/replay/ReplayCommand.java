package io.understudy.cli.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.characterizer.GoldenReplay;
import io.understudy.cli.ExitStatus;
import io.understudy.cli.JsonReport;
import io.understudy.cli.Progress;
import io.understudy.cli.UsageException;
import io.understudy.cli.simulate.PrivateServer;
import io.understudy.server.client.CrossingClient;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.event.EventTableWriter;
import io.understudy.surrogate.event.Stimulus;
import io.understudy.surrogate.event.StimulusReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @Option(
      names = "--backend",
      defaultValue = "surrogate",
      description = "surrogate or ngspice (default: ${DEFAULT-VALUE})")
  private String backend;

  @Option(
      names = "--jobs",
      paramLabel = "J",
      description = "processes of ngspice at once (default: one a core)")
  private Integer jobs;

  @Mixin private JsonReport json;

  @Override
  public Integer call() throws IOException {
    UsageException.checkPositive("--steps", steps);
    UsageException.checkPositive("--jobs", jobs);
    CircuitFolder folder = CircuitReader.read(circuitDir);
    Stimulus stimulus = StimulusReader.read(stimulusFile, folder.circuit());
    long length = steps == null ? stimulus.lastStep() + 1 : steps;
    EventTableWriter table =
        new EventTableWriter(
            folder.circuit(),
            stimulus.instances().stream().map(Stimulus.Instance::number).toList());
    ReplayListener.Outside outside = null;
    switch (backend) {
      case "surrogate" -> outside = bySurrogate(folder, stimulus, length, table);
      case "ngspice" -> byNgspice(folder, stimulus, length, table);
      default ->
          throw new UsageException("--backend: " + backend + " (expected: surrogate or ngspice)");
    }
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
    json.write(new Written(out.toString(), table.size(), length, backend, outside));
    return ExitStatus.OK;
  }

  /** What {@code --json} says; {@code outside} is of the surrogate alone. */
  record Written(
      String out,
      int events,
      long steps,
      String backend,
      @JsonInclude(JsonInclude.Include.NON_NULL) ReplayListener.Outside outside) {}

  /** Plays a stimulus through a private server and collects the events. */
  private static ReplayListener.Outside bySurrogate(
      CircuitFolder folder, Stimulus stimulus, long steps, EventTableWriter table)
      throws IOException {
    Circuit circuit = folder.circuit();
    Path models = folder.directory().toAbsolutePath().normalize().getParent();
    ReplayListener listener = new ReplayListener(circuit, table);
    try (PrivateServer server = PrivateServer.start(models, listener);
        CrossingClient client = CrossingClient.connect(server.address(), "replay", TIMEOUT_MS)) {
      new SessionReplay(circuit, stimulus, client).run(steps);
    }
    return listener.outside();
  }

  private void byNgspice(
      CircuitFolder folder, Stimulus stimulus, long length, EventTableWriter table) {
    int processes = jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
    try (Progress progress = new Progress("ngspice, " + folder.circuit().name())) {
      GoldenReplay.run(folder, stimulus, length, null, processes, table, progress);
    }
  }
}
