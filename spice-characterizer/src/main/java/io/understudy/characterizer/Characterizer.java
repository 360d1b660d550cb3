package io.understudy.characterizer;

import io.understudy.characterizer.dataset.DatasetColumns;
import io.understudy.characterizer.dataset.DatasetSchema;
import io.understudy.characterizer.dataset.DatasetWriter;
import io.understudy.characterizer.extract.GoldenEvent;
import io.understudy.characterizer.ngspice.Ngspice;
import io.understudy.characterizer.stimulus.RunDrawing;
import io.understudy.surrogate.circuit.Characterization;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.LabelHash;
import io.understudy.surrogate.event.Stimulus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** From a circuit to a dataset: draws runs by the circuit's plan and simulates them. */
public final class Characterizer {
  private Characterizer() {}

  /**
   * Characterizes a circuit. The same seed gives the same bytes, whatever the number of jobs.
   *
   * @return the dataset's schema
   * @throws CharacterizationException naming run, seed and what ngspice said, when a run fails; the
   *     parts of the other runs stay, and a second call goes on with them
   */
  public static DatasetSchema run(
      CircuitFolder folder, CharacterizeOptions options, ProgressListener progress) {
    try {
      DatasetWriter writer =
          DatasetWriter.open(
              options.outDir(), schema(folder, options), folder.circuit().inputColumns().size());
      RunPool.all(
          options.runs(), options.jobs(), run -> one(folder, options, writer, run), progress);
      return writer.complete();
    } catch (IOException e) {
      throw new CharacterizationException(options.outDir() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CharacterizationException("interrupted", e);
    }
  }

  private static Integer one(
      CircuitFolder folder, CharacterizeOptions options, DatasetWriter writer, int run)
      throws IOException, InterruptedException {
    if (writer.has(run)) {
      return run;
    }
    Circuit circuit = folder.circuit();
    Characterization plan = circuit.characterization();
    Stimulus.Instance stimulus = RunDrawing.draw(circuit, options.seed(), run);
    Path keepIn =
        options.keepFiles()
            ? options
                .outDir()
                .resolve("ngspice")
                .resolve(String.format(Locale.ROOT, "run-%06d", run))
            : null;
    String name = circuit.name() + ", run " + run + " of seed " + options.seed();
    try {
      List<GoldenEvent> events =
          GoldenRun.simulate(name, folder, stimulus, plan.periods(), plan.ngspice(), keepIn);
      writer.write(run, stimulus.parameters(), events);
      return run;
    } catch (RuntimeException e) {
      String message = e.getMessage();
      throw new CharacterizationException(
          message != null && message.startsWith(name) ? message : name + ": " + message, e);
    }
  }

  private static DatasetSchema schema(CircuitFolder folder, CharacterizeOptions options)
      throws IOException, InterruptedException {
    Circuit circuit = folder.circuit();
    Characterization.Accuracy accuracy = circuit.characterization().ngspice();
    return new DatasetSchema(
        DatasetSchema.FORMAT,
        circuit.name(),
        folder.sha256(),
        LabelHash.of(folder),
        options.seed(),
        options.runs(),
        circuit.characterization().periods(),
        0,
        DatasetColumns.all(circuit),
        new DatasetSchema.Simulator(
            Ngspice.version(), accuracy.reltol(), accuracy.maxStepS(), accuracy.method()));
  }
}
