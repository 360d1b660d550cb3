package io.understudy.characterizer.deck;

import io.understudy.characterizer.stimulus.InputSchedule;
import io.understudy.surrogate.circuit.Characterization.Accuracy;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitException;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.Drive;
import io.understudy.surrogate.circuit.EnergyDefinition;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.Parameter;
import io.understudy.surrogate.circuit.StateNode;
import io.understudy.surrogate.circuit.Supply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes decks: a netlist with one run's sources, options and transient. Touches no file. */
public final class DeckWriter {
  private static final int SAVES_A_LINE = 8;

  /** Length of a lock-step transient in largest steps: ngspice counts them in an int. */
  private static final double LOCKSTEP_STEPS = 1e9;

  private final Circuit circuit;
  private final StringBuilder text = new StringBuilder();

  private DeckWriter(Circuit circuit) {
    this.circuit = circuit;
  }

  /**
   * Writes a run's deck.
   *
   * @param parameters a value a column, in the circuit's order
   * @param schedule the run's inputs and length
   * @throws CircuitException when a drive cannot be expressed
   */
  public static Deck write(
      CircuitFolder folder, List<Double> parameters, InputSchedule schedule, Accuracy accuracy) {
    Circuit circuit = folder.circuit();
    long stopFs = Math.multiplyExact(circuit.periodFs(), schedule.periods());
    DeckWriter writer = new DeckWriter(circuit);
    writer.circuit(folder, parameters);
    writer.inputs(schedule.inputs());
    writer.initialConditions();
    writer.options(accuracy);
    writer.saves();
    writer.run(accuracy, PwlSource.seconds(stopFs));
    return new Deck(writer.text.toString(), stopFs);
  }

  /**
   * Writes a deck whose inputs are given while it runs, and which ends no time soon.
   *
   * @param parameters a value a column, in the circuit's order
   * @throws CircuitException when a drive cannot be expressed
   */
  public static LockstepDeck writeLockstep(
      CircuitFolder folder, List<Double> parameters, Accuracy accuracy) {
    Circuit circuit = folder.circuit();
    DeckWriter writer = new DeckWriter(circuit);
    writer.circuit(folder, parameters);
    List<LockstepDeck.Source> sources = writer.externalInputs();
    writer.initialConditions();
    writer.options(accuracy);
    // Each point is told when it is accepted; kept besides, they would fill the memory.
    writer.line(".save none");
    double stopS = accuracy.maxStepS() * LOCKSTEP_STEPS;
    writer.run(accuracy, PwlSource.number(stopS));
    return new LockstepDeck(writer.text.toString(), stopS, sources, List.copyOf(vectors(circuit)));
  }

  private void circuit(CircuitFolder folder, List<Double> parameters) {
    circuit.inputs().forEach(input -> checkDrive(circuit, input));
    text.append("* ").append(circuit.name()).append('\n');
    parameters(parameters);
    netlist(folder.netlist());
    supplies(parameters);
  }

  private void options(Accuracy accuracy) {
    line(".options reltol=" + PwlSource.number(accuracy.reltol()) + " method=" + accuracy.method());
  }

  private void run(Accuracy accuracy, String stop) {
    String step = PwlSource.number(accuracy.maxStepS());
    line(".tran " + step + " " + stop + " 0 " + step);
    line(".end");
  }

  private void parameters(List<Double> values) {
    int at = 0;
    for (Parameter parameter : circuit.parameters()) {
      for (String column : parameter.columns()) {
        String value = PwlSource.number(values.get(at++));
        if (parameter.netlist()) {
          line(".param " + column + "=" + value);
        } else if (parameter.temperature()) {
          line(".temp " + value);
        } else if (parameter.node() != null) {
          line(Probe.parameter(column) + " " + parameter.node() + " 0 DC " + value);
        }
      }
    }
  }

  private void netlist(Path netlist) {
    line(".include \"" + netlist.toAbsolutePath().normalize() + "\"");
  }

  private void supplies(List<Double> parameters) {
    for (Supply supply : circuit.supplies()) {
      String value = PwlSource.number(volts(supply.volts(), parameters));
      line(Probe.supply(supply) + " " + supply.node() + " 0 DC " + value);
    }
  }

  private double volts(Supply.Volts volts, List<Double> parameters) {
    if (volts.parameter() == null) {
      return volts.constant();
    }
    double value = parameters.get(circuit.parameterColumns().indexOf(volts.parameter()));
    return volts.negated() ? -value : value;
  }

  private void inputs(List<InputSchedule.Interval> events) {
    int index = 0;
    for (InputPort input : circuit.inputs()) {
      for (int k = 0; k < input.width(); k++) {
        input(
            input,
            k,
            PwlSource.of(input.drive(), events, index++, input.initial(), circuit.periodFs()));
      }
    }
  }

  /** Inputs whose values the simulator's caller gives. */
  private List<LockstepDeck.Source> externalInputs() {
    List<LockstepDeck.Source> sources = new ArrayList<>();
    for (InputPort input : circuit.inputs()) {
      for (int k = 0; k < input.width(); k++) {
        // A DC value before EXTERNAL would crash ngspice.
        input(input, k, "EXTERNAL");
        sources.add(
            new LockstepDeck.Source(
                Probe.input(input, input.columns().get(k)), Corners.atRest(input)));
      }
    }
    return sources;
  }

  private void input(InputPort input, int k, String waveform) {
    String to = Probe.target(input, k);
    String from = Probe.origin(input);
    boolean isVoltage = Probe.sourceOf(input.drive()) == Drive.Source.VOLTAGE;
    // A current source's current leaves its second node; a voltage source's plus is the first.
    String nodes = isVoltage ? to + " " + from : from + " " + to;
    line(Probe.input(input, input.columns().get(k)) + " " + nodes + " " + waveform);
  }

  private void initialConditions() {
    for (StateNode state : circuit.states()) {
      if (state.ic() != null) {
        line(".ic v(" + state.node() + ")=" + PwlSource.number(state.ic()));
      }
    }
  }

  /** The vectors that {@code circuit}'s outputs, states and energies need, in a fixed order. */
  static Set<String> vectors(Circuit circuit) {
    Set<String> vectors = new LinkedHashSet<>();
    Probe.voltage(circuit.output().node()).ifPresent(vectors::add);
    circuit.states().forEach(state -> Probe.voltage(state.node()).ifPresent(vectors::add));
    EnergyDefinition energy = circuit.energy();
    add(vectors, Probe.powers(circuit, energy.sources()));
    energy.also().values().forEach(sources -> add(vectors, Probe.powers(circuit, sources)));
    add(vectors, Probe.powers(circuit, energy.reference()));
    return vectors;
  }

  private static void add(Set<String> vectors, List<Probe.Power> powers) {
    for (Probe.Power power : powers) {
      List.of(power.plus(), power.minus()).stream().flatMap(Optional::stream).forEach(vectors::add);
      vectors.add(power.current());
    }
  }

  private void saves() {
    int at = 0;
    for (String vector : vectors(circuit)) {
      text.append(at == 0 ? ".save" : at % SAVES_A_LINE == 0 ? "\n.save" : "");
      text.append(' ').append(Probe.saved(vector));
      at++;
    }
    text.append('\n');
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static void checkDrive(Circuit circuit, InputPort input) {
    String key = circuit.name() + ": inputs." + input.name() + ".drive";
    double lastS;
    if (input.drive() instanceof Drive.Pulse pulse) {
      lastS = pulse.points().get(pulse.points().size() - 1).get(0);
      double first = pulse.points().get(0).get(1);
      if (first != 0) {
        throw new CircuitException(
            key + ".points: first factor " + first + " (expected: 0, a pulse starts from nothing)");
      }
    } else {
      lastS = ((Drive.Level) input.drive()).rampS();
    }
    if (PwlSource.femtoseconds(lastS) > circuit.periodFs()) {
      throw new CircuitException(
          key
              + ": lasts "
              + lastS
              + " s (expected: at most a period, "
              + circuit.clock().periodS()
              + " s)");
    }
  }
}
