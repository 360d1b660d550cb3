package io.understudy.characterizer;

import io.understudy.characterizer.deck.Deck;
import io.understudy.characterizer.deck.DeckWriter;
import io.understudy.characterizer.extract.EventExtractor;
import io.understudy.characterizer.extract.GoldenEvent;
import io.understudy.characterizer.ngspice.Ngspice;
import io.understudy.characterizer.ngspice.Waveforms;
import io.understudy.characterizer.stimulus.InputSchedule;
import io.understudy.surrogate.circuit.Characterization.Accuracy;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.event.Stimulus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One instance's stimulus through ngspice: stimulus, deck, waveforms, events. */
final class GoldenRun {
  private static final long TIMEOUT_BASE_MS = 120_000;
  private static final long TIMEOUT_A_PERIOD_MS = 1_000;

  private GoldenRun() {}

  /**
   * Runs it.
   *
   * @param name how errors name the run
   * @param keepIn directory in which the files stay, or null for a temporary one
   */
  static List<GoldenEvent> simulate(
      String name,
      CircuitFolder folder,
      Stimulus.Instance stimulus,
      long periods,
      Accuracy accuracy,
      Path keepIn)
      throws IOException, InterruptedException {
    InputSchedule schedule = InputSchedule.of(folder.circuit(), stimulus.rows(), periods);
    Deck deck = DeckWriter.write(folder, stimulus.parameters(), schedule, accuracy);
    Path directory =
        keepIn == null
            ? Files.createTempDirectory("understudy-ngspice-")
            : Files.createDirectories(keepIn);
    try {
      long timeoutMs = TIMEOUT_BASE_MS + periods * TIMEOUT_A_PERIOD_MS;
      Waveforms waveforms = Ngspice.simulate(name, deck, directory, timeoutMs);
      return EventExtractor.extract(folder.circuit(), schedule, waveforms);
    } finally {
      if (keepIn == null) {
        delete(directory);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
