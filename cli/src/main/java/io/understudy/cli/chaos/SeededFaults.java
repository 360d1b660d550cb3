package io.understudy.cli.chaos;

import java.util.Random;

/** Spoils a few frames of a run, drawn from a seed. Calls come from the proxy's threads. */
final class SeededFaults implements Disturbance {
  private static final Fate[] FATES = {
    Fate.DROP, Fate.DELAY, Fate.CUT, Fate.DUPLICATE, Fate.REORDER, Fate.GARBLE
  };
  private static final int MOST = 6;

  private final Random random;
  private final int oneIn;
  private int count;
  private final StringBuilder told = new StringBuilder();

  /**
   * @param oneIn one frame in so many is spoilt
   */
  SeededFaults(long seed, int oneIn) {
    this.random = new Random(seed);
    this.oneIn = oneIn;
  }

  @Override
  public synchronized Fate of(boolean toServer, long number, byte[] frame) {
    if (count == MOST || random.nextInt(oneIn) != 0) {
      return Fate.PASS;
    }
    count++;
    Fate fate = FATES[random.nextInt(FATES.length)];
    if (fate == Fate.GARBLE) {
      int bytes = 1 + random.nextInt(4);
      for (int i = 0; i < bytes; i++) {
        frame[random.nextInt(frame.length)] ^= (byte) (1 + random.nextInt(255));
      }
    }
    told.append(told.isEmpty() ? "" : ", ")
        .append(fate)
        .append(toServer ? " of frame " : " of answer ");
    told.append(number);
    return fate;
  }

  /** What was done, for people. */
  synchronized String told() {
    return told.isEmpty() ? "nothing" : told.toString();
  }
}
