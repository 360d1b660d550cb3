package io.understudy.characterizer;

import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The circuits that tests use. */
public final class Circuits {
  private static final Path RC_STAGE = Path.of("..", "docs", "examples", "rc_stage");
  private static final Path MODELS = Path.of("..", "models");

  private Circuits() {}

  /** The RC stage of the documentation. */
  public static CircuitFolder rcStage() {
    return CircuitReader.read(RC_STAGE);
  }

  /** A circuit of the documentation. */
  public static CircuitFolder example(String name) {
    return CircuitReader.read(RC_STAGE.resolveSibling(name));
  }

  /** A circuit of the documentation, copied, with other words in its description. */
  public static CircuitFolder exampleWith(Path directory, String name, String... fromTo)
      throws IOException {
    Path original = RC_STAGE.resolveSibling(name);
    String yaml = Files.readString(original.resolve("circuit.yaml"));
    for (int k = 0; k < fromTo.length; k += 2) {
      if (!yaml.contains(fromTo[k])) {
        throw new IllegalArgumentException(fromTo[k] + ": not in " + original);
      }
      yaml = yaml.replace(fromTo[k], fromTo[k + 1]);
    }
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("circuit.yaml"), yaml);
    Files.writeString(
        directory.resolve("netlist.sp"), Files.readString(original.resolve("netlist.sp")));
    return CircuitReader.read(directory);
  }

  /** A shipped circuit. */
  public static CircuitFolder shipped(String name) {
    return CircuitReader.read(MODELS.resolve(name));
  }

  /** The RC stage, copied, with another netlist. */
  public static CircuitFolder rcStageWith(Path directory, String netlist) throws IOException {
    Files.copy(RC_STAGE.resolve("circuit.yaml"), directory.resolve("circuit.yaml"));
    Files.writeString(directory.resolve("netlist.sp"), netlist);
    return CircuitReader.read(directory);
  }
}
