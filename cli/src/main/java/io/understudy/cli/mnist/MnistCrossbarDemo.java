package io.understudy.cli.mnist;

import io.understudy.cli.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code understudy demo mnist-crossbar}. */
@Command(
    name = "mnist-crossbar",
    description = "Classifies digits with RTL around 1,926 crossbar rows.",
    sortOptions = false)
public final class MnistCrossbarDemo extends MnistDemo {
  @Option(
      names = "--rows",
      paramLabel = "VARIANT",
      defaultValue = "ideal",
      description = "ideal or opamp (default: ${DEFAULT-VALUE})")
  private String rows;

  @Override
  MnistSystem system() {
    return MnistSystem.CROSSBAR;
  }

  @Override
  String variant() {
    if (!rows.equals("ideal") && !rows.equals("opamp")) {
      throw new UsageException("--rows: " + rows + " (expected: ideal or opamp)");
    }
    return rows;
  }
}
