package io.understudy.surrogate.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.provenance.PackageException;
import io.understudy.surrogate.provenance.ScoreSample;
import io.understudy.surrogate.provenance.SurrogateManifest.TrainedPredictor;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCheckTest {
  private final CircuitFolder folder =
      CircuitReader.read(Path.of("..", "models", "crossbar_row_g30"));
  private SurrogatePackage source;

  @BeforeEach
  void read() throws IOException {
    source = SurrogatePackage.read(SurrogatePackage.newest(folder).orElseThrow(), folder);
  }

  /** Samples of one row with each feature at its smallest, scored by the reader's own walk. */
  private Map<String, ScoreSample> samples(String altered, int bits) {
    Map<String, ScoreSample> samples = new LinkedHashMap<>();
    Surrogate surrogate = Surrogate.load(folder, source);
    for (TrainedPredictor p : source.manifest().predictors()) {
      int[] slots = java.util.stream.IntStream.range(0, p.featureMin().length).toArray();
      double score = surrogate.predictor(p.name()).forest.score(p.featureMin(), slots);
      long raw = Double.doubleToRawLongBits(score) + (p.name().equals(altered) ? bits : 0);
      samples.put(
          p.name(),
          new ScoreSample(
              new double[][] {p.featureMin()}, new double[] {Double.longBitsToDouble(raw)}));
    }
    return samples;
  }

  @Test
  void keepsItsScoresThroughAFile(@TempDir Path directory) throws IOException {
    source.withScores(samples("none", 0)).write(directory.resolve("1"));
    SurrogatePackage again = SurrogatePackage.read(directory.resolve("1"), folder);
    assertEquals(source.manifest().predictors().size(), again.scores().size());
    assertEquals("1", Surrogate.load(folder, again).source().version());
  }

  @Test
  void refusesAScoreThatIsOffByOneBit() {
    PackageException e =
        assertThrows(
            PackageException.class,
            () -> Surrogate.load(folder, source.withScores(samples("E1_energy", 1))));
    assertTrue(
        e.getMessage().contains("E1_energy: score of sample row 0: ")
            && e.getMessage().endsWith(", as LightGBM computes it)"),
        e.getMessage());
  }

  @Test
  void refusesScoresOfOtherPredictors() {
    Map<String, ScoreSample> fewer = samples("none", 0);
    fewer.remove("E1_energy");
    assertTrue(
        assertThrows(PackageException.class, () -> Surrogate.load(folder, source.withScores(fewer)))
            .getMessage()
            .contains("scores of ["));
  }

  @Test
  void refusesARowOfAnotherWidth() {
    Map<String, ScoreSample> narrow = samples("none", 0);
    narrow.put("E1_energy", new ScoreSample(new double[][] {{1}}, new double[] {0}));
    assertTrue(
        assertThrows(
                PackageException.class, () -> Surrogate.load(folder, source.withScores(narrow)))
            .getMessage()
            .contains("E1_energy: sample of scores (expected: at most 100 rows of "));
  }
}
