package io.understudy.characterizer.deck;

import java.util.List;

/**
 * A deck whose inputs are given from period to period.
 *
 * @param text what ngspice reads
 * @param stopS where its transient ends, in s
 * @param sources the inputs' sources, in the order of the circuit's input columns
 * @param vectors what outputs, states and energies need
 */
public record LockstepDeck(String text, double stopS, List<Source> sources, List<String> vectors) {
  public LockstepDeck {
    sources = List.copyOf(sources);
    vectors = List.copyOf(vectors);
  }

  /**
   * A source.
   *
   * @param name as ngspice calls it
   * @param initial its value before the first period
   */
  public record Source(String name, double initial) {}

  /** What ngspice's shared library calls a vector: a node's or a branch's name. */
  public static String libraryName(String vector) {
    String inner = vector.substring(2, vector.length() - 1);
    if (vector.startsWith("v(")) {
      return inner;
    }
    return inner.startsWith("@") ? inner : inner + "#branch";
  }
}
