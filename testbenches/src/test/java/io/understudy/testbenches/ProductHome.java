package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.cli.Home;
import io.understudy.cli.demo.DemoSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The product as it was built: where its parts lie. */
final class ProductHome {
  private static final Duration BUILD_TIME = Duration.ofMinutes(3);

  private ProductHome() {}

  /** The shipped models. */
  static Path models() {
    return Home.models().toAbsolutePath();
  }

  /** A path within the repository, absolute. */
  static Path path(String first, String... more) {
    return Home.path(first, more).toAbsolutePath();
  }

  /** The folder of the built shims; builds what is missing or out of date. */
  static Path shims() {
    Path folder = path("hdl-shims");
    Execution make =
        Execution.of(folder, Map.of(), BUILD_TIME, "make", "-s", "-C", folder.toString());
    assertEquals(0, make.status(), () -> "make -C " + folder + " failed:\n" + make.output());
    return folder.resolve("build");
  }

  /**
   * The shipped system, in a folder that the tests share: what was built for one of them is not
   * built again for the next. Runs write elsewhere.
   */
  static DemoSystem system() throws IOException {
    shims();
    return new DemoSystem(Files.createDirectories(path("testbenches", "target", "system")));
  }

  /** Copies a folder with all that is in it; the copy is new. */
  static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.toList();
    }
    for (Path path : all) {
      Files.copy(path, to.resolve(from.relativize(path).toString()));
    }
  }
}
