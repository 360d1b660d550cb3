package io.understudy.characterizer.ngspice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.deck.Deck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NgspiceTest {
  private static final String RC =
      """
      * rc
      v1 in 0 PWL(0 0 1e-12 1)
      r1 in out 1k
      c1 out 0 1p
      .options reltol=1e-5
      .save v(out) i(v1)
      .tran 1e-11 5e-9 0 1e-11
      .end
      """;
  private static final long STOP_FS = 5_000_000;
  private static final long TIMEOUT_MS = 60_000;

  @TempDir private Path directory;

  @Test
  void chargesACapacitorAsTheTextbookSays() throws Exception {
    Waveforms waveforms = simulate(RC);
    double[] volts = waveforms.vector("v(out)");
    for (int i = 0; i < waveforms.size(); i++) {
      double expected = 1 - Math.exp(-Math.max(0, waveforms.timeS()[i] - 0.5e-12) / 1e-9);
      assertEquals(expected, volts[i], 1e-3);
    }
    assertEquals(5e-9, waveforms.timeS()[waveforms.size() - 1], 1e-18);
  }

  @Test
  void setsOneThreadBeforeTheDeckIsRead() throws Exception {
    simulate(RC.replace(".end", ".control\necho threads are $num_threads\n.endc\n.end"));
    String log = Files.readString(directory.resolve(Ngspice.LOG));
    assertTrue(log.contains("threads are 1"), log);
  }

  @Test
  void namesTheRunAndTheMissingModel() {
    NgspiceException e =
        assertThrows(
            NgspiceException.class,
            () -> simulate(RC.replace("r1 in out 1k", "m1 in in out 0 no_such_card w=1u l=1u")));
    assertTrue(e.getMessage().startsWith("run 7: "), e.getMessage());
    assertTrue(e.getMessage().contains("no_such_card"), e.getMessage());
  }

  @Test
  void namesTheRunThatDoesNotConverge() {
    String wild = "b1 out 0 i = sin(1e12 * time) > 0 ? 1e3 / (v(out) - 0.3) : exp(1e3 * v(out))";
    NgspiceException e =
        assertThrows(
            NgspiceException.class,
            () -> simulate(RC.replace("r1 in out 1k", "r1 in out 1k\n" + wild)));
    assertTrue(e.getMessage().startsWith("run 7: "), e.getMessage());
    assertTrue(e.getMessage().contains("does not converge"), e.getMessage());
    assertTrue(e.getMessage().contains("Timestep too small"), e.getMessage());
    assertTrue(e.endS() >= 0 && e.endS() < 5e-9, "ended at " + e.endS());
  }

  @Test
  void namesTheRunThatEndsEarly() {
    NgspiceException e =
        assertThrows(
            NgspiceException.class,
            () -> Ngspice.simulate("run 7", new Deck(RC, 2 * STOP_FS), directory, TIMEOUT_MS));
    assertTrue(
        e.getMessage().startsWith("run 7: ends at 5.0E-9 s (expected: 1.0E-8 s)"), e.getMessage());
  }

  @Test
  void endsARunThatTakesTooLong() {
    NgspiceException e =
        assertThrows(
            NgspiceException.class,
            () ->
                Ngspice.simulate(
                    "run 7",
                    new Deck(RC.replace("5e-9 0 1e-11", "5e-3 0 1e-11"), STOP_FS),
                    directory,
                    200));
    assertEquals(
        "run 7: ngspice still runs after 200 ms (expected: an end by then)", e.getMessage());
  }

  @Test
  void knowsItsVersion() throws Exception {
    assertTrue(Ngspice.version().matches("\\d+(\\.\\d+)*"), Ngspice.version());
  }

  private Waveforms simulate(String deck) throws IOException, InterruptedException {
    return Ngspice.simulate("run 7", new Deck(deck, STOP_FS), directory, TIMEOUT_MS);
  }
}
