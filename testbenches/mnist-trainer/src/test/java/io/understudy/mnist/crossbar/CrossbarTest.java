package io.understudy.mnist.crossbar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.mnist.MnistException;
import io.understudy.mnist.Models;
import io.understudy.mnist.SyntheticDigits;
import io.understudy.mnist.image.LabelledImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossbarTest {
  @TempDir Path directory;

  private static CrossbarNetwork trained(long seed) {
    return new CrossbarTrainer(CrossbarVariant.IDEAL, seed)
        .train(SyntheticDigits.of(600, 5), 3, line -> {});
  }

  @Test
  void learnsWhatTheSurrogatesRowsThenTellApart() {
    CrossbarBanks banks = new CrossbarBanks(trained(1), CrossbarVariant.IDEAL, Models::surrogate);
    LabelledImages images = SyntheticDigits.of(100, 6);
    int right = 0;
    for (int i = 0; i < images.count(); i++) {
      int digit = banks.classify(CrossbarNetwork.binarize(images.pixels()[i]));
      right += digit == images.labels()[i] ? 1 : 0;
    }
    assertTrue(right >= 90, right + " of 100");
  }

  @Test
  void givesTheSameWeightsForTheSameSeedAlone() throws IOException {
    for (int k = 0; k < 3; k++) {
      CrossbarFiles.writeWeights(trained(k / 2), directory.resolve(String.valueOf(k)));
    }
    String first = Files.readString(directory.resolve("0/l1t03.csv"));
    assertEquals(first, Files.readString(directory.resolve("1/l1t03.csv")));
    assertTrue(!first.equals(Files.readString(directory.resolve("2/l1t03.csv"))));
  }

  @Test
  void readsTheWeightsThatItWrote() throws IOException {
    CrossbarNetwork network = trained(1);
    CrossbarFiles.writeWeights(network, directory);
    CrossbarNetwork read = CrossbarFiles.readWeights(directory);
    for (int layer = 0; layer < 3; layer++) {
      assertArrayEquals(network.layers().get(layer), read.layers().get(layer));
    }
  }

  @Test
  void namesAWeightThatIsNotTernary() throws IOException {
    CrossbarFiles.writeWeights(trained(1), directory);
    Path file = directory.resolve("l3t02.csv");
    Files.writeString(file, Files.readString(file).replaceFirst("\n4,-?\\d", "\n4,2"));
    MnistException e =
        assertThrows(MnistException.class, () -> CrossbarFiles.readWeights(directory));
    assertEquals(file + ": row 4: 2 (expected: -1, 0 or 1)", e.getMessage());
  }

  @Test
  void shipsTheTableThatItComputes() throws IOException {
    Path file = directory.resolve("sigmoid.hex");
    CrossbarFiles.writeSigmoid(file);
    Path shipped = Models.path("testbenches", "mnist-crossbar", "data", "sigmoid.hex");
    assertEquals(Files.readString(shipped), Files.readString(file));
  }

  @Test
  void closedFormComesCloseToTheSurrogate() {
    // One weight of each sign, all others none, with the bias off: +0.8 V on the first input.
    float[] form = new float[3];
    RowKind.IDEAL_G30.closedForm(form, 1, 1, 0);
    double[][] parameters = new double[1][RowKind.WIDTH + 1];
    parameters[0][0] = 1;
    parameters[0][1] = -1;
    io.understudy.surrogate.event.StepRows rows =
        new io.understudy.surrogate.event.StepRows(RowKind.WIDTH, true);
    rows.reserveRows(1);
    rows.rows = 1;
    rows.inputs[0] = 0.8;
    Models.surrogate("crossbar_row_g30").open(parameters, null).step(0, rows);
    assertEquals(form[2] + 0.8 * form[0], rows.output[0], 0.01);
  }
}
