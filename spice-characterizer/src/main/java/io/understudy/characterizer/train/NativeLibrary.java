package io.understudy.characterizer.train;

import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads LightGBM's native library from a directory of this process alone. Left to itself it is
 * unpacked to one fixed file, and a second process that does the same pulls it from under the
 * first.
 */
public final class NativeLibrary {
  private static final String DIRECTORY = "java.io.tmpdir";
  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads it once.
   *
   * @throws TrainingException when it cannot be unpacked or is not for this machine
   */
  public static synchronized void load() {
    if (loaded) {
      return;
    }
    String usual = System.getProperty(DIRECTORY);
    try {
      Path own = Files.createTempDirectory("understudy-lightgbm-");
      try {
        System.setProperty(DIRECTORY, own.toString());
        LGBMBooster.loadNative();
      } finally {
        System.setProperty(DIRECTORY, usual);
        delete(own);
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new TrainingException(
          "LightGBM's library: " + e.getMessage() + " (expected: to be unpacked and loaded)", e);
    }
    loaded = true;
  }

  /** What is loaded stays mapped; its files are not needed any more. */
  private static void delete(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
