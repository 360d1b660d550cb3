package io.understudy.characterizer.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.Circuits;
import io.understudy.characterizer.GoldenReplay;
import io.understudy.characterizer.ProgressListener;
import io.understudy.characterizer.stimulus.RunDrawing;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.compare.EventCollector;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.compare.EventRecord;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.EvaluationException;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.RowFlags;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.event.Stimulus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ngspice in lock step against one uninterrupted run of ngspice on the same inputs. */
class LockstepTest {
  private static final Path DRIVER = Path.of("build", "us_lockstep");
  private static final long SEED = 77;

  /** Behaves until a node has charged, in the second period; then no time step is small enough. */
  private static final String NETLIST_WITHOUT_SOLUTION =
      """
      * wild
      r_1 in out {r_kohm * 1k}
      c_1 out 0 1p
      i_2 0 slow 1u
      c_2 slow 0 10f
      r_2 slow 0 1meg
      b_1 out 0 i = v(slow) > 0.5 ? (sin(1e12 * time) > 0 ? 1e3 / (v(out) - 0.3) : exp(1e3 * v(out))) : 0
      .ic v(slow)=0
      """;

  @ParameterizedTest
  @CsvSource({"lif_neuron, 4, 60", "crossbar_row_opamp, 1, 30", "crossbar_row_g30, 2, 30"})
  void agreesWithOneUninterruptedRun(String name, int instances, int periods) {
    CircuitFolder folder = Circuits.shipped(name);
    Stimulus stimulus =
        new Stimulus(
            IntStream.range(0, instances)
                .mapToObj(RunDrawing.of(folder.circuit(), SEED, instances)::apply)
                .toList());
    EventCollector batch = new EventCollector();
    GoldenReplay.run(folder, stimulus, periods, null, 2, batch, ProgressListener.NONE);
    EventCollector lockstep = new EventCollector();
    try (LockstepSimulator simulator = LockstepSimulator.start(LockstepOptions.of(DRIVER))) {
      for (int k = 0; k < instances; k++) {
        EventCollector own = new EventCollector();
        play(simulator, folder, stimulus.instances().get(k), periods, own);
        for (EventRecord e : own.events()) {
          lockstep.event(
              k,
              e.step(),
              e.kind(),
              e.periods(),
              e.output(),
              e.energyJ(),
              e.latencyS(),
              e.states());
        }
      }
    }
    EventErrors errors =
        EventErrors.of(folder.circuit(), EventPair.pair(batch.events(), lockstep.events()));
    errors.stateRmseV().forEach((s, rms) -> assertTrue(rms < 1e-3, s + ": " + rms + " V"));
    assertTrue(errors.energyRunMean() < 2e-3, "energy " + errors.energyRunMean());
    assertTrue(errors.latencyMape() < 5e-3, "latency " + errors.latencyMape());
    if (folder.circuit().hasEventOutput()) {
      assertTrue(errors.goldenSpikes() > 10, "spikes " + errors.goldenSpikes());
      assertEquals(1.0, errors.spikeF1());
    } else {
      assertTrue(errors.outputRmse() < 1e-3, "output " + errors.outputRmse());
    }
  }

  @Test
  void tellsALateSpikeWhenItsPeriodBegins() {
    CircuitFolder folder = Circuits.shipped("lif_neuron");
    EventCollector events = new EventCollector();
    try (LockstepSimulator simulator = LockstepSimulator.start(LockstepOptions.of(DRIVER))) {
      BankEvaluator bank = simulator.open(folder, new double[][] {{0.5, 0.5, 0.4, 0.5}}, events);
      // Creeps over the threshold: the output rises 1 ns into the next period.
      StepRows rows = input(folder.circuit(), 1.256);
      bank.step(0, rows);
      assertEquals(0, rows.output[0]);
      assertEquals(-1, rows.delayFs[0]);
      rows.rows = 0;
      bank.step(1, rows);
      assertEquals(1, rows.answers);
      assertEquals(1, rows.output[0]);
      assertEquals(1e6, rows.delayFs[0], 0.5e6);
      bank.close(4);
      EventRecord idle = events.events().get(1);
      assertEquals(EventKind.E3, idle.kind());
      assertEquals(3, idle.periods());
      assertEquals(idle.latencyS(), rows.delayFs[0] * 1e-15, 1e-15);
      assertEquals(1, bank.totals().outputs);
    }
  }

  /** An RC stage whose output is an event 13.9 ns after its input: in the second idle period. */
  private static CircuitFolder slowStage(Path folder) throws IOException {
    return Circuits.exampleWith(
        folder.resolve("slow_stage"),
        "rc_stage",
        """
            kind: level
            node: out
            unit: V
            min: 0
            max: 1
            code: {bits: 8, signed: false, lsb: 0.003921568627450980}
            latency: {fraction: 0.9, min_swing: 1.0e-3}
        """,
        """
            kind: event
            node: out
            rise_through: 0.999
        """,
        "{on: E1, target: out,",
        "{on: input, target: out,",
        "{on: E3, target: out, features: [decayed]",
        "{on: E3, target: v_out, features: [decayed]");
  }

  @Test
  void tellsASpikeOfALaterIdlePeriodWhenThatBegins(@TempDir Path folder) throws IOException {
    CircuitFolder slow = slowStage(folder);
    EventCollector events = new EventCollector();
    try (LockstepSimulator simulator = LockstepSimulator.start(LockstepOptions.of(DRIVER))) {
      BankEvaluator bank = simulator.open(slow, new double[][] {{2.0}}, events);
      StepRows rows = input(slow.circuit(), 1);
      bank.step(0, rows);
      rows.rows = 0;
      bank.step(1, rows);
      assertEquals(0, rows.answers);
      bank.step(2, rows);
      assertEquals(1, rows.answers);
      assertEquals(1, rows.output[0]);
      assertEquals(RowFlags.E3, rows.flags[0]);
      assertEquals(3.9e6, rows.delayFs[0], 0.1e6);
      bank.step(3, rows);
      assertEquals(0, rows.answers);
      // The run ends before the period that was simulated last.
      bank.close(3);
      assertEquals(1, bank.totals().outputs);
      assertEquals(0, bank.totals().flagged);
      EventRecord idle = events.events().get(1);
      assertEquals(2, idle.periods());
      assertEquals(1, idle.output());
      assertEquals(8.9e-9, idle.latencyS(), 0.1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void flagsASpikeThatCameWhileNobodyAsked(boolean input, @TempDir Path folder) throws IOException {
    CircuitFolder slow = slowStage(folder);
    try (LockstepSimulator simulator = LockstepSimulator.start(LockstepOptions.of(DRIVER))) {
      BankEvaluator bank = simulator.open(slow, new double[][] {{2.0}}, null);
      StepRows rows = input(slow.circuit(), 1);
      bank.step(0, rows);
      rows.rows = 0;
      bank.step(1, rows);
      rows.rows = input ? 1 : 0;
      rows.inputs[0] = 0;
      bank.step(4, rows);
      assertEquals(1, rows.answers);
      assertEquals(0, rows.output[0]);
      int kind = input ? RowFlags.E2 : RowFlags.E3;
      assertEquals(kind | RowFlags.OUTPUT_MISSED, rows.flags[0]);
      rows.rows = 0;
      bank.step(5, rows);
      assertEquals(0, rows.answers);
      bank.close(6);
      assertEquals(1, bank.totals().outputs);
      assertEquals(1, bank.totals().flagged);
    }
  }

  @Test
  void countsASpikeThatCameBetweenTheLastStepAndTheEnd(@TempDir Path folder) throws IOException {
    CircuitFolder slow = slowStage(folder);
    try (LockstepSimulator simulator = LockstepSimulator.start(LockstepOptions.of(DRIVER))) {
      BankEvaluator bank = simulator.open(slow, new double[][] {{2.0}}, null);
      bank.step(0, input(slow.circuit(), 1));
      bank.close(6);
      assertEquals(1, bank.totals().outputs);
      assertEquals(1, bank.totals().flagged);
    }
  }

  @Test
  void endsALongIdleStretchAsOneEvent() {
    CircuitFolder folder = Circuits.rcStage();
    EventCollector events = new EventCollector();
    try (LockstepSimulator simulator = LockstepSimulator.start(LockstepOptions.of(DRIVER))) {
      BankEvaluator bank = simulator.open(folder, new double[][] {{1.0}}, events);
      bank.step(0, input(folder.circuit(), 1));
      bank.step(601, input(folder.circuit(), 0));
      bank.close(602);
      assertEquals(2, bank.totals().e1);
      assertEquals(600, bank.totals().idlePeriods);
    }
    List<EventRecord> all = events.events();
    assertEquals(List.of(0L, 1L, 601L), all.stream().map(EventRecord::step).toList());
    assertEquals(600, all.get(1).periods());
    assertEquals(1.0, all.get(1).output(), 1e-4);
  }

  @Test
  void namesInstancePeriodWordsAndDeckOfARunThatDoesNotConverge(@TempDir Path folder)
      throws IOException {
    CircuitFolder wild = Circuits.rcStageWith(folder, NETLIST_WITHOUT_SOLUTION);
    try (LockstepSimulator simulator = LockstepSimulator.start(LockstepOptions.of(DRIVER))) {
      BankEvaluator bank = simulator.open(wild, new double[][] {{1.0}, {2.0}}, null);
      StepRows rows = input(wild.circuit(), 1);
      EvaluationException e =
          assertThrows(
              EvaluationException.class,
              () -> {
                for (int period = 0; period < 5; period++) {
                  bank.step(period, rows);
                  rows.inputs[0] = 1 - rows.inputs[0];
                }
              });
      bank.release();
      assertTrue(
          e.getMessage().matches("(?s)instance 0, step 1: at \\S+ s, ngspice: .*too small.*"),
          e.getMessage());
      Path deck = Path.of(e.getMessage().replaceAll("(?s).*\\(deck: (.*)\\)", "$1"));
      assertTrue(Files.readString(deck).contains("EXTERNAL"), deck.toString());
      Files.delete(deck);
      Files.delete(deck.getParent());
    }
  }

  @Test
  void refusesMoreInstancesThanItMayHaveProcesses() {
    CircuitFolder folder = Circuits.rcStage();
    LockstepOptions few = new LockstepOptions(DRIVER, null, 1, 2);
    try (LockstepSimulator simulator = LockstepSimulator.start(few)) {
      BankEvaluator bank = simulator.open(folder, new double[][] {{1.0}, {1.0}}, null);
      EvaluationException e =
          assertThrows(
              EvaluationException.class,
              () -> simulator.open(folder, new double[][] {{1.0}}, null));
      assertTrue(
          e.getMessage().startsWith("instances in ngspice: 3 (expected: at most 2"),
          e.getMessage());
      bank.release();
      simulator.open(folder, new double[][] {{1.0}}, null).release();
    }
  }

  @Test
  void saysWhereTheDriverShouldBe() {
    Path nowhere = Path.of("build", "no_such_driver");
    try (LockstepSimulator simulator = LockstepSimulator.start(LockstepOptions.of(nowhere))) {
      EvaluationException e =
          assertThrows(
              EvaluationException.class,
              () -> simulator.open(Circuits.rcStage(), new double[][] {{1.0}}, null));
      assertTrue(e.getMessage().contains(nowhere + ": missing (expected: "), e.getMessage());
    }
  }

  private static StepRows input(Circuit circuit, double value) {
    StepRows rows = new StepRows(circuit.inputColumns().size(), circuit.hasSharedInputs());
    rows.reserveRows(1);
    rows.rows = 1;
    rows.inputs[0] = value;
    return rows;
  }

  private static void play(
      LockstepSimulator simulator,
      CircuitFolder folder,
      Stimulus.Instance instance,
      int periods,
      EventCollector events) {
    double[] parameters = instance.parameters().stream().mapToDouble(p -> p).toArray();
    BankEvaluator bank = simulator.open(folder, new double[][] {parameters}, events);
    Circuit circuit = folder.circuit();
    StepRows rows = new StepRows(circuit.inputColumns().size(), circuit.hasSharedInputs());
    rows.reserveRows(1);
    int next = 0;
    for (int period = 0; period < periods; period++) {
      rows.rows = 0;
      if (next < instance.rows().size() && instance.rows().get(next).step() == period) {
        rows.rows = 1;
        double[] values =
            instance.rows().get(next++).values().stream().mapToDouble(v -> v).toArray();
        System.arraycopy(values, 0, rows.inputs, 0, values.length);
      }
      bank.step(period, rows);
      assertTrue(rows.answers <= 1, Arrays.toString(rows.answered));
    }
    bank.close(periods);
  }
}
