package io.understudy.cli.characterize;

import io.understudy.characterizer.liberty.LibertyExport;
import io.understudy.characterizer.liberty.LibertyOptions;
import io.understudy.cli.ExitStatus;
import io.understudy.cli.JsonReport;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code understudy liberty}: a surrogate as a Liberty file. */
@Command(
    name = "liberty",
    description =
        "Writes a surrogate's leakage power, and tables of its energy and delay, as a Liberty file.",
    sortOptions = false)
public final class LibertyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CIRCUIT_DIR", description = "the circuit's folder")
  private Path circuitDir;

  @Mixin private SurrogateOption surrogate;

  @Option(names = "--out", paramLabel = "FILE", description = "the file (default: CIRCUIT.lib)")
  private Path out;

  @Option(
      names = "--inputs",
      split = ",",
      paramLabel = "A,B",
      description =
          "the tables' two quantities (default: as circuit.yaml says, else the first input and the"
              + " first state; of held inputs the first one's new and old level)")
  private List<String> inputs = List.of();

  @Option(
      names = "--points",
      paramLabel = "N",
      defaultValue = "" + LibertyOptions.POINTS,
      description = "points of an axis (default: ${DEFAULT-VALUE})")
  private int points;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "a parameter, or an element of one, in place of its default")
  private Map<String, Double> set = Map.of();

  @Mixin private JsonReport json;

  /** What {@code --json} says. */
  record Written(
      String out, List<String> axes, int points, int outputs, int outside, double leakageW) {}

  @Override
  public Integer call() throws IOException {
    CircuitFolder folder = CircuitReader.read(circuitDir);
    SurrogatePackage source = SurrogatePackage.read(surrogate.of(folder), folder);
    LibertyExport.Exported exported =
        LibertyExport.of(Surrogate.load(folder, source), new LibertyOptions(inputs, points, set));
    Path file = out == null ? Path.of(folder.circuit().name() + ".lib") : out;
    Files.writeString(file, exported.text());
    System.out.printf(
        "wrote %s: %d points over %s; the output moves at %d; leakage %.4g nW%n",
        file,
        exported.points(),
        String.join(" and ", exported.axes()),
        exported.outputs(),
        1e9 * exported.leakageW());
    if (exported.outside() > 0) {
      System.out.println(exported.outside() + " of the points lie outside the trained range");
    }
    json.write(
        new Written(
            file.toString(),
            exported.axes(),
            exported.points(),
            exported.outputs(),
            exported.outside(),
            exported.leakageW()));
    return ExitStatus.OK;
  }
}
