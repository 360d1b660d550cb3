package io.understudy.cli.mnist;

import picocli.CommandLine.Command;

/** {@code understudy demo mnist-spiking}. */
@Command(
    name = "mnist-spiking",
    description = "Classifies digits with RTL around 922 spiking neurons.",
    sortOptions = false)
public final class MnistSpikingDemo extends MnistDemo {
  @Override
  MnistSystem system() {
    return MnistSystem.SPIKING;
  }

  @Override
  String variant() {
    return "";
  }
}
