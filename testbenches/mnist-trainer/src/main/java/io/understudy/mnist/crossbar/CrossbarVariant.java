package io.understudy.mnist.crossbar;

import java.util.List;
import java.util.Locale;

/** The rows that the network is built of, layer by layer. */
public enum CrossbarVariant {
  /** Ideal amplifiers, gains 30, 30 and 10. */
  IDEAL(List.of(RowKind.IDEAL_G30, RowKind.IDEAL_G30, RowKind.IDEAL_G10)),
  /** Two-stage operational amplifiers, gain 30. */
  OPAMP(List.of(RowKind.OPAMP, RowKind.OPAMP, RowKind.OPAMP));

  private final List<RowKind> kinds;

  CrossbarVariant(List<RowKind> kinds) {
    this.kinds = kinds;
  }

  /** The rows of each layer. */
  public List<RowKind> kinds() {
    return kinds;
  }

  /** Its name in file names. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
