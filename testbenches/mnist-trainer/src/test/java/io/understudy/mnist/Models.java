package io.understudy.mnist;

import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Path;

/** The shipped surrogates and systems. */
public final class Models {
  private Models() {}

  /** A circuit's newest surrogate. */
  public static Surrogate surrogate(String circuit) {
    try {
      CircuitFolder folder = CircuitReader.read(path("models", circuit));
      return Surrogate.load(
          folder, SurrogatePackage.read(SurrogatePackage.newest(folder).orElseThrow(), folder));
    } catch (IOException e) {
      throw new IllegalStateException(circuit, e);
    }
  }

  /** A path in the repository. */
  public static Path path(String first, String... more) {
    return Path.of(System.getProperty("understudy.home"), first).resolve(Path.of("", more));
  }
}
