package io.understudy.surrogate.event;

/** What a bank has seen so far. Energies are summed in the order of the events. */
public final class BankTotals {
  public long crossings;
  public long e1;
  public long e2;
  public long e3;
  public long idlePeriods;

  /** Output events, or changes of a level output with a latency. */
  public long outputs;

  public double dynamicJ;
  public double staticJ;
  public double latencySumS;
  public double latencyMaxS;

  /** Answered rows with a flag beyond the event's kind. */
  public long flagged;

  /** Events with a quantity outside what training has seen. */
  public long outside;

  /** The first of these quantities that was met, or null. */
  public OutsideRange firstOutside;

  /** Energy of all events in J. */
  public double energyJ() {
    return dynamicJ + staticJ;
  }

  /** Mean latency in s, 0 where there was no output. */
  public double meanLatencyS() {
    return outputs == 0 ? 0 : latencySumS / outputs;
  }
}
