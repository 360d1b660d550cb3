package io.understudy.characterizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.dataset.DatasetReader;
import io.understudy.characterizer.train.TrainOptions;
import io.understudy.characterizer.train.Trainer;
import io.understudy.characterizer.train.TrainingReport;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.event.Stimulus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One surrogate for three temperatures and a range of supplies. */
class CornersTest {
  private static final CircuitFolder AMPLIFIER = Circuits.example("amplifier_corners");

  @TempDir private Path directory;

  /** Output in V of ngspice after an input. */
  private static double output(double dac, double vddV, double temperatureDegC) {
    List<Double> outputs = new ArrayList<>();
    GoldenReplay.run(
        AMPLIFIER,
        new Stimulus(
            List.of(
                new Stimulus.Instance(
                    0,
                    List.of(vddV, temperatureDegC),
                    List.of(new Stimulus.Row(0, List.of(dac)))))),
        1,
        null,
        1,
        (instance, step, kind, periods, output, energyJ, latencyS, states) -> outputs.add(output),
        ProgressListener.NONE);
    return outputs.get(0);
  }

  @Test
  void reachesNgspice() {
    double nominal = output(0.7, 1.2, 27);
    // Level 1 at 27 degC, saturated: 0.5 beta 0.35^2 (1 + 0.05 out) through 2 kohm.
    double volts = 1000 * 0.004 * 0.35 * 0.35;
    assertEquals((1.2 - volts) / (1 + 0.05 * volts), nominal, 1e-3);
    assertEquals((1.4 - volts) / (1 + 0.05 * volts), output(0.7, 1.4, 27), 1e-3);
    // Near the threshold a warm transistor carries more, as the threshold falls; far from it less,
    // as the mobility does.
    assertTrue(output(0.5, 1.2, 125) < output(0.5, 1.2, -40) - 0.03);
    assertTrue(output(1.0, 1.2, 125) > output(1.0, 1.2, -40) + 0.03);
  }

  @Test
  void predictsCornersThatItHasNotSeen() throws IOException {
    Path seen = directory.resolve("seen");
    Path unseen = directory.resolve("unseen");
    characterize(seen, 60, 5);
    characterize(unseen, 12, 6);
    Set<Double> supplies = values(seen, "vdd_v");
    assertEquals(Set.of(-40.0, 27.0, 125.0), values(unseen, "temp_c"));
    values(unseen, "vdd_v").forEach(v -> assertTrue(!supplies.contains(v), "supply seen: " + v));
    TrainOptions options =
        new TrainOptions(
            directory.resolve("1"), unseen, java.util.List.of(), 2, LocalDate.of(2026, 1, 1));
    TrainingReport report = Trainer.run(AMPLIFIER, seen, options, ProgressListener.NONE);
    EventErrors errors = report.elsewhere().closed();
    assertTrue(errors.outputRmse() < 0.01, errors.toString());
    assertTrue(errors.energyRunMean() < 0.01, errors.toString());
    assertTrue(errors.latencyMape() < 0.03, errors.toString());
  }

  private static void characterize(Path out, int runs, long seed) {
    Characterizer.run(
        AMPLIFIER, new CharacterizeOptions(runs, seed, 2, out, false), ProgressListener.NONE);
  }

  private static Set<Double> values(Path data, String column) {
    DatasetReader reader = DatasetReader.open(data, AMPLIFIER);
    int index = reader.columnIndex(column);
    Set<Double> values = new TreeSet<>();
    reader.forEach(row -> values.add(row.values()[index]));
    return values;
  }
}
