package io.understudy.cli.mnist;

import java.util.List;

/** The two systems, and how what they do is told apart. */
enum MnistSystem {
  CROSSBAR(
      "mnist-crossbar",
      4_000,
      List.of("crossbar_row_g30", "crossbar_row_g10", "crossbar_row_opamp"),
      List.of("u_layer_1", "u_layer_2", "u_layer_3")),
  SPIKING(
      "mnist-spiking", 5_000, List.of("lif_neuron"), List.of("u_inputs", "u_hidden", "u_outputs"));

  private final String folder;
  private final long periodPs;
  private final List<String> circuits;
  private final List<String> layers;

  MnistSystem(String folder, long periodPs, List<String> circuits, List<String> layers) {
    this.folder = folder;
    this.periodPs = periodPs;
    this.circuits = circuits;
    this.layers = layers;
  }

  /** Its folder in {@code testbenches}. */
  String folder() {
    return folder;
  }

  /** Its name, and that of the folder in which it is built. */
  String name(String variant) {
    return variant.isEmpty() ? folder : folder + "-" + variant;
  }

  /** Clock period in ps; the testbench's clock rises first after half of one. */
  long periodPs() {
    return periodPs;
  }

  /** The circuits whose macros it has. */
  List<String> circuits() {
    return circuits;
  }

  /** The layers by the name that their banks' paths contain. */
  List<String> layers() {
    return layers;
  }

  /** How many instances of each bank go through ngspice if nobody says. */
  int sample() {
    return switch (this) {
      case CROSSBAR -> 2;
      case SPIKING -> 16;
    };
  }

  /** How many instances of each bank ngspice's time is taken from. */
  int timed() {
    return switch (this) {
      case CROSSBAR -> 1;
      case SPIKING -> 8;
    };
  }

  /** Whether a bank belongs to the last layer, whose outputs name the digit. */
  boolean isLast(String path) {
    return layer(path) == layers.size() - 1;
  }

  /** Number of the layer that a bank belongs to. */
  int layer(String path) {
    for (int k = 0; k < layers.size(); k++) {
      if (path.contains("." + layers.get(k))) {
        return k;
      }
    }
    throw new IllegalArgumentException(
        folder + ": bank " + path + " (expected: in one of " + layers + ")");
  }

  /** Number of the period that begins at a time or goes on then, counted from the first edge. */
  long period(long timePs) {
    return Math.floorDiv(timePs - periodPs / 2, periodPs);
  }
}
