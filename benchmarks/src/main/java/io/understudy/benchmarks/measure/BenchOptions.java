package io.understudy.benchmarks.measure;

import java.nio.file.Path;
import java.util.Set;

/**
 * How a benchmark runs.
 *
 * @param home the product's folder
 * @param work a folder for what is built and for sockets
 * @param parts what is measured
 * @param quick true for fewer and shorter rounds
 */
public record BenchOptions(Path home, Path work, Set<BenchPart> parts, boolean quick) {
  /** One of two numbers. */
  public int either(int quickly, int usually) {
    return quick ? quickly : usually;
  }

  /** The shipped models. */
  public Path models() {
    return home.resolve("models");
  }
}
