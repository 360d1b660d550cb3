package io.understudy.cli.characterize;

import io.understudy.cli.UsageException;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.provenance.SurrogateManifest;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --surrogate}: which of a circuit's packages. */
public final class SurrogateOption {
  @Option(
      names = "--surrogate",
      paramLabel = "VERSION",
      description = "version, or folder, of the surrogate (default: the circuit's newest)")
  private String choice;

  /** Whether it was given. */
  public boolean isGiven() {
    return choice != null;
  }

  /**
   * The package's folder.
   *
   * @throws UsageException naming what is not there
   */
  public Path of(CircuitFolder folder) throws IOException {
    Path versions = folder.directory().resolve(SurrogatePackage.FOLDER);
    if (choice == null) {
      return SurrogatePackage.newest(folder)
          .orElseThrow(
              () -> new UsageException(versions + ": no surrogate (expected: one; train it)"));
    }
    Path directory = choice.matches("\\d+") ? versions.resolve(choice) : Path.of(choice);
    if (!Files.isRegularFile(directory.resolve(SurrogateManifest.FILE))) {
      throw new UsageException(
          "--surrogate: "
              + directory
              + " (expected: a folder with "
              + SurrogateManifest.FILE
              + ")");
    }
    return directory;
  }
}
