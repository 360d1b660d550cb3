package io.understudy.surrogate.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.RowFlags;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.provenance.PackageException;
import io.understudy.surrogate.provenance.SurrogateManifest;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedRangeTest {
  private static final Path ROW = Path.of("..", "models", "crossbar_row_g30");

  @TempDir private Path directory;

  private final StepRows rows = new StepRows(1, false);

  private static Map<String, double[]> ranges() {
    Map<String, double[]> ranges = new LinkedHashMap<>();
    ranges.put("x", new double[] {-1, 1});
    ranges.put("k", new double[] {0, 0.5});
    ranges.put("v", new double[] {-1, 1.5});
    ranges.put("u", new double[] {-5, 5});
    ranges.put("periods", new double[] {1, 20});
    return ranges;
  }

  private static SurrogateBank bank(double... k) {
    double[][] parameters = new double[k.length][];
    for (int i = 0; i < k.length; i++) {
      parameters[i] = new double[] {k[i]};
    }
    return Surrogate.load(ToyNeuron.folder(), ToyNeuron.trainedIn(ranges())).open(parameters, null);
  }

  private boolean flagged(SurrogateBank bank, long period, double x) {
    rows.reserveRows(1);
    rows.rows = 1;
    rows.inputs[0] = x;
    bank.step(period, rows);
    return (rows.flags[0] & RowFlags.OUT_OF_RANGE) != 0;
  }

  private static String first(BankTotals totals) {
    return totals.firstOutside.text();
  }

  @Test
  void flagsAnInputThatTrainingDidNotSee() {
    SurrogateBank bank = bank(0);
    assertFalse(flagged(bank, 0, 0.3));
    assertTrue(flagged(bank, 1, -1.1));
    assertTrue(flagged(bank, 2, 1.1));
    assertFalse(flagged(bank, 3, 0.3));
    assertEquals(2, bank.totals().outside);
    assertEquals(2, bank.totals().flagged);
    assertEquals(
        "instance 0, step 1, E2: input x -1.1 (trained: -1.0 to 1.0)", first(bank.totals()));
  }

  @Test
  void letsAValueLeaveItsRangeByTwoPercentOfTheSpan() {
    assertFalse(flagged(bank(0), 0, 1.039));
    assertTrue(flagged(bank(0), 0, 1.041));
  }

  @Test
  void letsAQuantityThatNeverVariedLoseItsLastDigitsAlone() {
    TrainedRange range = TrainedRange.empty("input", java.util.List.of("a"));
    range.include(0, 0.3, 0.3);
    assertEquals(TrainedRange.NONE, range.firstOutside(new double[] {0.1 + 0.2}, 0, 0));
    assertEquals(0, range.firstOutside(new double[] {0.300001}, 0, 0));
  }

  @Test
  void flagsEachEventOfAnInstanceWithSuchAParameterAndOfNoOther() {
    SurrogateBank bank = bank(0.2, 0.8);
    rows.reserveRows(2);
    rows.rows = 2;
    rows.instance[1] = 1;
    rows.inputs[0] = 0.1;
    rows.inputs[1] = 0.1;
    bank.step(0, rows);
    assertEquals(RowFlags.E2, rows.flags[0]);
    assertEquals(RowFlags.E2 | RowFlags.OUT_OF_RANGE, rows.flags[1]);
    bank.close(3);
    assertEquals(2, bank.totals().outside);
    assertTrue(first(bank.totals()).startsWith("instance 1, step 0, "), first(bank.totals()));
    assertTrue(first(bank.totals()).endsWith("parameter k 0.8 (trained: 0.0 to 0.5)"));
  }

  @Test
  void flagsAStateThatTrainingDidNotSee() {
    SurrogateBank bank = bank(0);
    bank.setStates(0, new double[] {1.9, 0});
    assertTrue(flagged(bank, 0, 0.1));
    assertEquals(
        "instance 0, step 0, E1: state v 1.9 (trained: -1.0 to 1.5)", first(bank.totals()));
  }

  @Test
  void flagsTheRowThatEndsAnIdleStretchLongerThanAny() {
    SurrogateBank bank = bank(0);
    assertFalse(flagged(bank, 0, 0.1));
    assertFalse(flagged(bank, 21, 0.1), "20 idle periods");
    assertTrue(flagged(bank, 43, 0.1), "21 idle periods");
    assertFalse(flagged(bank, 44, 0.1));
    bank.close(100);
    assertEquals(2, bank.totals().outside);
    assertEquals(
        "instance 0, step 22, E3: idle stretch's periods 21.0 (trained: 1.0 to 20.0)",
        first(bank.totals()));
  }

  @Test
  void flagsEveryInstanceOfABankThatSharesSuchAnInput() {
    CircuitFolder folder = CircuitReader.read(ROW);
    SurrogatePackage shipped = SurrogatePackage.read(ROW.resolve("surrogate/1"), folder);
    Map<String, double[]> ranges = new LinkedHashMap<>();
    SurrogateManifest.quantities(folder.circuit())
        .forEach(quantity -> ranges.put(quantity, new double[] {-100, 100}));
    ranges.put("in7", new double[] {-0.5, 0.5});
    SurrogateBank bank =
        Surrogate.load(folder, with(shipped, ranges)).open(new double[3][33], null);
    StepRows shared = new StepRows(32, true);
    shared.reserveRows(3);
    shared.instance[1] = 1;
    shared.instance[2] = 2;
    double[] levels = {0.1, 0.7, 0.1};
    int[] outside = new int[levels.length];
    for (int step = 0; step < levels.length; step++) {
      shared.rows = 3;
      java.util.Arrays.fill(shared.inputs, levels[step]);
      bank.step(2L * step, shared);
      for (int i = 0; i < 3; i++) {
        outside[step] += (shared.flags[i] & RowFlags.OUT_OF_RANGE) == 0 ? 0 : 1;
      }
    }
    assertEquals(0, outside[0]);
    assertEquals(3, outside[1], "the input");
    assertEquals(3, outside[2], "the idle stretch at the input before");
    bank.close(6);
    assertEquals(6, bank.totals().outside);
    assertEquals(
        "instance 0, step 2, E1: input in7 0.7 (trained: -0.5 to 0.5)", first(bank.totals()));
  }

  @Test
  void namesAFeatureWhereNoQuantityIsOutside() {
    SurrogateBank bank = bank(0);
    flagged(bank, 0, 0.1);
    assertNull(bank.totals().firstOutside);
    SurrogateBank old = ToyNeuron.surrogate().open(new double[1][1], null);
    assertTrue(flagged(old, 0, 150.0));
    assertEquals(
        "instance 0, step 0, E1: feature margin 149.0 (trained: -100.0 to 100.0)",
        first(old.totals()));
  }

  @Test
  void keepsTheRangesInThePackageAndReadsOneWithout() throws IOException {
    Path with = directory.resolve("1");
    Path without = directory.resolve("2");
    ToyNeuron.trainedIn(ranges()).write(with);
    ToyNeuron.source().write(without);
    assertFalse(
        Files.readString(without.resolve(SurrogateManifest.FILE)).contains("trained_ranges"));
    assertEquals(
        20,
        SurrogatePackage.read(with, ToyNeuron.folder())
            .manifest()
            .trainedRanges()
            .get("periods")[1]);
    SurrogatePackage old = SurrogatePackage.read(without, ToyNeuron.folder());
    assertNull(old.manifest().trainedRanges());
    SurrogateBank bank = Surrogate.load(ToyNeuron.folder(), old).open(new double[1][1], null);
    assertFalse(flagged(bank, 0, 1.9));
  }

  @Test
  void refusesRangesOfOtherQuantitiesAndSuchAsAreNone() {
    Map<String, double[]> other = ranges();
    other.put("w", other.remove("x"));
    assertRefused(other, "trained_ranges: [k, v, u, periods, w] (expected: [x, k, v, u, periods])");
    Map<String, double[]> none = ranges();
    none.put("k", new double[] {1, 0});
    assertRefused(none, "k: [1.0, 0.0] (expected: the smallest and the largest value)");
  }

  private static void assertRefused(Map<String, double[]> ranges, String message) {
    PackageException e =
        assertThrows(
            PackageException.class,
            () -> Surrogate.load(ToyNeuron.folder(), ToyNeuron.trainedIn(ranges)));
    assertTrue(e.getMessage().endsWith(message), e.getMessage());
  }

  private static SurrogatePackage with(SurrogatePackage source, Map<String, double[]> ranges) {
    SurrogateManifest m = source.manifest();
    return new SurrogatePackage(
        source.version(),
        new SurrogateManifest(
            m.format(),
            m.circuit(),
            m.circuitSha256(),
            m.provenance(),
            m.fits(),
            m.predictors(),
            m.errors(),
            ranges),
        source.trees());
  }
}
