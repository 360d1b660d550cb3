package io.understudy.server.frame;

import java.nio.ByteBuffer;

/**
 * What one bank did in a session.
 *
 * @param bank its number
 * @param instances its instances
 * @param crossings rows with an input event
 * @param e1 events with an input and an output
 * @param e2 events with an input and no output
 * @param e3 idle stretches
 * @param idlePeriods periods that they covered
 * @param outputs output events, or changes of a level output with a latency
 * @param energyJ energy in J, all
 * @param dynamicJ of it dynamic (E1, E2)
 * @param staticJ of it static (E3)
 * @param meanLatencyS mean latency in s, 0 if there was none
 * @param maxLatencyS largest latency in s
 * @param flagged rows with a flag beyond the event's kind
 * @param outside events with a quantity outside the trained range
 */
public record BankSummary(
    int bank,
    int instances,
    long crossings,
    long e1,
    long e2,
    long e3,
    long idlePeriods,
    long outputs,
    double energyJ,
    double dynamicJ,
    double staticJ,
    double meanLatencyS,
    double maxLatencyS,
    long flagged,
    long outside) {
  static final int RECORD_BYTES = 112;

  void encode(ByteBuffer bytes) {
    bytes.putInt(bank).putInt(instances);
    bytes.putLong(crossings).putLong(e1).putLong(e2).putLong(e3);
    bytes.putLong(idlePeriods).putLong(outputs);
    bytes.putDouble(energyJ).putDouble(dynamicJ).putDouble(staticJ);
    bytes.putDouble(meanLatencyS).putDouble(maxLatencyS);
    bytes.putLong(flagged).putLong(outside);
  }

  static BankSummary decode(ByteBuffer bytes) {
    return new BankSummary(
        bytes.getInt(),
        bytes.getInt(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getLong(),
        bytes.getLong());
  }
}
