package io.understudy.cli.chaos;

import java.util.List;
import java.util.Locale;

/**
 * What came of a soak.
 *
 * @param minutes its length
 * @param identical runs whose waveform, trace and summary are those of an undisturbed run
 * @param different runs whose are not
 * @param killedSimulators simulators that were killed
 * @param neverBegun runs whose server was killed before it had greeted them
 * @param killedServers times that the server was killed
 * @param peakResidentBytes the most memory that a server had
 * @param halfTime the last server at rest, when all simulators of the first half had gone
 * @param underLoad the same server at moments of the second half
 * @param end the same server at rest, when all simulators of the second half had gone
 */
record SoakFigures(
    double minutes,
    int simulators,
    long identical,
    long different,
    long killedSimulators,
    long neverBegun,
    int killedServers,
    long peakResidentBytes,
    ServerFigures halfTime,
    List<ServerFigures> underLoad,
    ServerFigures end) {
  private static final long MOST_RESIDENT_BYTES = 1L << 30;
  private static final double MOST_GROWTH = 1.05;
  private static final int MOST_LEFT_DESCRIPTORS = 4;

  SoakFigures {
    underLoad = List.copyOf(underLoad);
  }

  /** Whether all is as it must be. */
  boolean passed() {
    return different == 0 && identical > 0 && peakResidentBytes < MOST_RESIDENT_BYTES && !leaks();
  }

  /** Whether the server at rest holds more after the second half than before it. */
  private boolean leaks() {
    return halfTime.openSessions() + end.openSessions() + end.heldSessions() > 0
        || end.liveHeapBytes() > MOST_GROWTH * halfTime.liveHeapBytes()
        || end.residentBytes() > MOST_GROWTH * halfTime.residentBytes()
        || end.descriptors() > halfTime.descriptors() + MOST_LEFT_DESCRIPTORS;
  }

  /** For people. */
  String told() {
    return String.format(
        Locale.ROOT,
        "soak: %.1f min, %d simulators at once: %d runs identical, %d different, %d not begun; %d"
            + " simulators and %d servers killed; server's memory at most %d MB; at rest at"
            + " half-time %s; at rest at the end %s: %s",
        minutes,
        simulators,
        identical,
        different,
        neverBegun,
        killedSimulators,
        killedServers,
        peakResidentBytes >> 20,
        halfTime.told(),
        end.told(),
        passed() ? "passed" : "FAILED");
  }
}
