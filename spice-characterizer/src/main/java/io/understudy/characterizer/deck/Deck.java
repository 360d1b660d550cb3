package io.understudy.characterizer.deck;

import java.math.BigDecimal;

/**
 * A runnable deck.
 *
 * @param text what ngspice reads
 * @param stopFs length of the transient in fs
 */
public record Deck(String text, long stopFs) {
  /** Length of the transient in s. */
  public double stopS() {
    return BigDecimal.valueOf(stopFs, 15).doubleValue();
  }
}
