package io.understudy.mnist.spiking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.mnist.MnistException;
import io.understudy.mnist.Models;
import io.understudy.mnist.SyntheticDigits;
import io.understudy.mnist.image.LabelledImages;
import io.understudy.surrogate.predict.Surrogate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpikingTest {
  private static Surrogate neuron;

  @TempDir Path directory;

  @BeforeAll
  static void load() {
    neuron = Models.surrogate(SpikingNetwork.CIRCUIT);
  }

  @Test
  void fitsANeuronThatSpikesAboveAVoltAndLeaks() {
    DiscreteNeuron fitted = DiscreteNeuron.fit(neuron, 3);
    assertEquals(1.2, fitted.thresholdV(), 0.15);
    assertTrue(fitted.leak(0.8f) > 0.5 && fitted.leak(0.8f) < 0.78, fitted::toString);
  }

  @Test
  void learnsWhatTheSurrogatesNeuronsThenTellApart() {
    SpikingNetwork network =
        new SpikingTrainer(neuron, 1).train(SyntheticDigits.of(800, 5), 2, line -> {});
    SpikingBanks banks = new SpikingBanks(network, neuron, 1);
    LabelledImages images = SyntheticDigits.of(10, 6);
    int right = 0;
    for (int i = 0; i < images.count(); i++) {
      int digit = banks.classify(PoissonEncoder.levels(images.pixels()[i]));
      right += digit == images.labels()[i] ? 1 : 0;
    }
    assertTrue(right >= 8, right + " of 10");
  }

  @Test
  void encodesGreyLevelsAsRates() {
    int[] levels = new int[SpikingNetwork.INPUTS];
    levels[1] = 8;
    levels[2] = 15;
    PoissonEncoder encoder = new PoissonEncoder(4);
    boolean[] events = new boolean[levels.length];
    int[] counts = new int[3];
    for (int t = 0; t < 10_000; t++) {
      encoder.step(levels, events);
      for (int i = 0; i < counts.length; i++) {
        counts[i] += events[i] ? 1 : 0;
      }
    }
    assertEquals(0, counts[0]);
    assertEquals(10_000 * 32 / 256.0, counts[1], 150);
    assertEquals(10_000 * 60 / 256.0, counts[2], 200);
  }

  @Test
  void readsTheWeightsThatItShips() throws IOException {
    SpikingNetwork network =
        SpikingFiles.readWeights(Models.path("testbenches", "mnist-spiking", "data"));
    SpikingFiles.writeWeights(network, directory);
    SpikingNetwork read = SpikingFiles.readWeights(directory);
    assertArrayEquals(network.hidden(), read.hidden());
    assertArrayEquals(network.output(), read.output());
  }

  @Test
  void namesALineThatIsNotHexadecimal() throws IOException {
    SpikingFiles.writeWeights(new SpikingNetwork(new byte[784][128], new byte[128][10]), directory);
    Path file = directory.resolve("output.hex");
    Files.writeString(file, Files.readString(file).replaceFirst("0", "x"));
    MnistException e =
        assertThrows(MnistException.class, () -> SpikingFiles.readWeights(directory));
    assertEquals(
        file + ": line 1: x0000000000000000000 (expected: 10 bytes in hex)", e.getMessage());
  }
}
