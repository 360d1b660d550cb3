package io.understudy.cli;

import java.nio.file.Path;

/**
 * Where the product's own files lie; the launcher says it in the property {@code understudy.home}.
 */
public final class Home {
  private Home() {}

  /** A path within the product's folder. */
  public static Path path(String first, String... more) {
    Path home = Path.of(System.getProperty("understudy.home", "."));
    Path working = Path.of("").toAbsolutePath();
    Path path = home.resolve(Path.of(first, more)).toAbsolutePath().normalize();
    // Short where it can be: these paths are printed for people.
    return path.startsWith(working) ? working.relativize(path) : path;
  }

  /** The program that runs ngspice's shared library in lock step. */
  public static Path lockstepDriver() {
    return path("spice-characterizer", "build", "us_lockstep");
  }

  /** The shipped models. */
  public static Path models() {
    return path("models");
  }
}
