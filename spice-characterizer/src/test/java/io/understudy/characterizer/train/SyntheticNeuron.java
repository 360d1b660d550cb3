package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetSchema;
import io.understudy.characterizer.dataset.DatasetWriter;
import io.understudy.characterizer.extract.GoldenEvent;
import io.understudy.characterizer.stimulus.InputSchedule;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.Stimulus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A neuron whose events are computed by formula: the input's charge adds to the membrane; beyond
 * the limit it spikes and starts from 0, else it leaks a fifth in a period.
 */
public final class SyntheticNeuron {
  static final int PERIODS = 40;
  private static final double LEAK = 0.8;

  private SyntheticNeuron() {}

  private static final String YAML =
      """
      format: 1
      circuit: synthetic
      netlist: netlist.sp
      clock: {period_s: 5.0e-9}
      supplies:
        - {name: vdd, node: vdd, volts: 1.0}
      parameters:
        - {name: limit, unit: V, min: 0.5, max: 1.0, default: 0.7, node: limit}
      inputs:
        - name: charge
          unit: "1"
          min: -1
          max: 1
          code: {bits: 8, signed: true, lsb: 0.008}
          drive: {kind: pulse, source: current, from: vdd, to: v, points: [[0, 0], [1.0e-9, 1.0e-6], [2.0e-9, 0]]}
      outputs:
        - {name: spike, kind: event, node: out, rise_through: 0.3}
      states:
        - {name: v, node: v, unit: V, min: -5, max: 5, ic: 0}
      energy: {sources: [vdd]}
      events: {input: pulse}
      features:
        v_pre: v + charge
        margin: v_pre - v_th
      fits:
        v_th: {of: v_pre, decides: spike, terms: [limit]}
      predictors:
        - {on: input, target: spike, features: [v_pre, margin], options: {trees: TREES, min_data_in_leaf: 5}}
        - {on: E1, target: latency, features: [margin], transform: log, base: linear, options: {trees: TREES}}
        - {on: E1, target: energy, features: [v_pre], base: linear, options: {trees: TREES}}
        - {on: E1, target: states, features: [v_pre], options: {trees: 0}}
        - {on: E2, target: energy, features: [v_pre], transform: asinh, keep_sum: true, options: {trees: TREES}}
        - {on: E2, target: states, features: [v_pre, v], change: true, base: linear, options: {trees: TREES}}
        - {on: E3, target: energy, features: [v, periods], base: linear, options: {trees: TREES}}
        - {on: E3, target: states, features: ["v * exp(-0.22314355131420976 * periods)", v], change: true, base: linear, options: {trees: TREES}}
      training: {state_noise: NOISE, own_states: OWN, seed: 5}
      characterization:
        seed: 1
        runs: 30
        periods: 40
        ngspice: {reltol: 1.0e-4, max_step_s: 0.1e-9, method: trap}
        activity: 0.7
        modes:
          - {share: 1.0, inputs: {charge: {min: -1, max: 1}}}
      macro:
        module: synthetic_bank
        clock: clk
        valid: in_valid
        inputs: {charge: charge_code}
        outputs: {spike: spike}
      """;

  /**
   * Writes the circuit's folder.
   *
   * @param trees at most so many for each predictor
   */
  public static CircuitFolder folder(Path directory, int trees, double noise, boolean ownStates)
      throws IOException {
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("circuit.yaml"),
        YAML.replace("TREES", String.valueOf(trees))
            .replace("NOISE", String.valueOf(noise))
            .replace("OWN", String.valueOf(ownStates)));
    Files.writeString(directory.resolve("netlist.sp"), "* Computed by formula.\n");
    return CircuitReader.read(directory);
  }

  /** Writes a dataset of so many runs. */
  public static void dataset(Path directory, CircuitFolder folder, int runs, long seed)
      throws IOException {
    DatasetSchema schema =
        DatasetSchema.of(
            folder, seed, runs, new DatasetSchema.Simulator("39", 1e-4, 1e-10, "trap"));
    DatasetWriter writer = DatasetWriter.open(directory, schema, 1);
    for (int run = 0; run < runs; run++) {
      Random random = new Random(1000 * seed + run);
      double limit = 0.5 + 0.5 * random.nextDouble();
      List<Stimulus.Row> rows = new ArrayList<>();
      for (long step = 0; step < PERIODS; step++) {
        if (random.nextDouble() < 0.7) {
          rows.add(new Stimulus.Row(step, List.of(1.5 * random.nextDouble() - 0.5)));
        }
      }
      writer.write(run, List.of(limit), events(folder, rows, limit));
    }
    writer.complete();
  }

  private static List<GoldenEvent> events(
      CircuitFolder folder, List<Stimulus.Row> rows, double limit) {
    List<GoldenEvent> events = new ArrayList<>();
    double v = 0;
    for (InputSchedule.Interval interval :
        InputSchedule.of(folder.circuit(), rows, PERIODS).intervals()) {
      double before = v;
      double pre = v + (interval.input() ? interval.values().get(0) : 0);
      boolean spikes = interval.input() && pre > limit;
      v = spikes ? 0 : pre * Math.pow(LEAK, interval.periods());
      events.add(
          new GoldenEvent(
              !interval.input() ? EventKind.E3 : spikes ? EventKind.E1 : EventKind.E2,
              interval,
              new double[] {before},
              spikes ? 1 : 0,
              spikes ? 2e-9 * Math.exp(limit - pre) : Double.NaN,
              spikes
                  ? 1e-13 * (3 + pre)
                  : 1e-15 * (pre + (interval.input() ? 0.4 : interval.periods())),
              new double[0],
              Double.NaN,
              new double[] {v}));
    }
    return events;
  }
}
