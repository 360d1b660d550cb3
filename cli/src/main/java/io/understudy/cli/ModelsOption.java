package io.understudy.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the models are that a server of a command's own serves. */
public final class ModelsOption {
  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "the models folder (default: the shipped one)")
  private Path models;

  /** The folder. */
  public Path folder() {
    return models == null ? Home.models() : models;
  }
}
