package io.understudy.characterizer;

import io.understudy.characterizer.deck.Deck;
import io.understudy.characterizer.deck.DeckWriter;
import io.understudy.characterizer.extract.EventExtractor;
import io.understudy.characterizer.extract.GoldenEvent;
import io.understudy.characterizer.ngspice.Ngspice;
import io.understudy.characterizer.ngspice.NgspiceException;
import io.understudy.characterizer.ngspice.Waveforms;
import io.understudy.characterizer.stimulus.InputSchedule;
import io.understudy.surrogate.circuit.Characterization.Accuracy;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.event.Stimulus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** One instance's stimulus through ngspice: stimulus, deck, waveforms, events. */
final class GoldenRun {
  private static final long TIMEOUT_BASE_MS = 120_000;
  private static final long TIMEOUT_A_PERIOD_MS = 1_000;

  private GoldenRun() {}

  /**
   * Runs it.
   *
   * @param name how errors name the run
   * @param directory the run's own, for deck, raw file and log
   * @param keep true when it stays
   * @throws NgspiceException naming run and netlist, and the period in which a transient ended
   */
  static List<GoldenEvent> simulate(
      String name,
      CircuitFolder folder,
      Stimulus.Instance stimulus,
      long periods,
      Accuracy accuracy,
      Path directory,
      boolean keep)
      throws IOException, InterruptedException {
    InputSchedule schedule = InputSchedule.of(folder.circuit(), stimulus.rows(), periods);
    return read(
        name,
        folder,
        stimulus,
        schedule,
        accuracy,
        directory,
        keep,
        waveforms -> EventExtractor.extract(folder.circuit(), schedule, waveforms));
  }

  /** Runs it and reads its traces; what the reading misses in them is named the same way. */
  static <T> T read(
      String name,
      CircuitFolder folder,
      Stimulus.Instance stimulus,
      InputSchedule schedule,
      Accuracy accuracy,
      Path directory,
      boolean keep,
      Function<Waveforms, T> reading)
      throws IOException, InterruptedException {
    Deck deck = DeckWriter.write(folder, stimulus.parameters(), schedule, accuracy);
    Files.createDirectories(directory);
    try {
      long timeoutMs = TIMEOUT_BASE_MS + schedule.periods() * TIMEOUT_A_PERIOD_MS;
      return reading.apply(Ngspice.simulate(name, deck, directory, timeoutMs));
    } catch (NgspiceException e) {
      String run = e.getMessage().startsWith(name) ? "" : name + ": ";
      throw new NgspiceException(run + e.getMessage() + where(folder, e), e);
    } finally {
      if (!keep) {
        ScratchFolder.delete(directory);
      }
    }
  }

  private static String where(CircuitFolder folder, NgspiceException e) {
    double periodS = folder.circuit().clock().periodS();
    String step =
        Double.isNaN(e.endS()) ? "" : "in step " + (long) Math.floor(e.endS() / periodS) + " ";
    return " (" + step + "of " + folder.netlist() + ")";
  }
}
