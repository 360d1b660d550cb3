package io.understudy.characterizer.liberty;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.Code;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.OutputPort;
import io.understudy.surrogate.circuit.Parameter;
import io.understudy.surrogate.circuit.Supply;
import io.understudy.surrogate.predict.Surrogate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** A library of one cell: the circuit's macro with one instance. */
final class LibertyLibrary {
  /** The simulator's, where the circuit has no parameter for it. */
  private static final double TEMPERATURE_DEGC = 27;

  private static final double NS = 1e9;
  private static final double FJ = 1e15;
  private static final double NW = 1e9;
  private static final String DELAYS = "event_delay";
  private static final String ENERGIES = "event_energy";

  private final Surrogate surrogate;
  private final Circuit circuit;
  private final List<Axis> axes;
  private final Conditions rest;
  private final List<List<GridEvent>> grid;
  private final double leakageW;
  private final LibertyText out = new LibertyText();

  LibertyLibrary(
      Surrogate surrogate,
      List<Axis> axes,
      Conditions rest,
      List<List<GridEvent>> grid,
      double leakageW) {
    this.surrogate = surrogate;
    this.circuit = surrogate.folder().circuit();
    this.axes = axes;
    this.rest = rest;
    this.grid = grid;
    this.leakageW = leakageW;
  }

  String text() {
    out.comment(notes());
    String version = surrogate.source().version();
    out.group(
        "library",
        circuit.name() + "_surrogate_" + version,
        () -> {
          header(version);
          templates();
          codeTypes();
          out.group("cell", circuit.name(), this::cell);
        });
    return out.toString();
  }

  private List<String> notes() {
    boolean event = circuit.hasEventOutput();
    List<String> notes = new ArrayList<>();
    notes.add(circuit.title() + ".");
    notes.add(
        "Values of its surrogate "
            + surrogate.source().version()
            + ", an approximation trained on simulations with SPICE.");
    notes.add("");
    notes.add(
        "Liberty knows no analog input and no state: the indices stand for other quantities.");
    for (int k = 0; k < axes.size(); k++) {
      String standsIn = k == 0 ? "input transition" : "output capacitance";
      notes.add(
          "  index_" + (k + 1) + ", in place of the " + standsIn + ": " + axes.get(k).label());
    }
    notes.add("Elements of a vector are all equal. All else is at rest:");
    notes.add("  parameters " + rest.parameterText(circuit));
    notes.add("  states as they begin" + (circuit.hasHeldInputs() ? ", settled at the" : ""));
    if (circuit.hasHeldInputs()) {
      notes.add("  levels before the event, " + Conditions.inputText(circuit) + " where not given");
    }
    notes.add("");
    notes.add("Delay: from the clock's rising edge to the output, in ns. A value of one period,");
    notes.add("  " + LibertyText.number(circuit.clock().periodS() * NS) + ", says: none there,");
    notes.add(
        event
            ? "  the output does not happen in the input's period."
            : "  the output does not move in that direction, or too little to be measured.");
    notes.add(
        "Energy: of the event's whole period, in fJ (1 V^2 x 1 fF), what is drawn at rest in");
    notes.add(
        event
            ? "  it included; rise: with an output, fall: without; 0 where it is the other."
            : "  it included; rise: the output rises, fall: it does not; 0 where it is the other.");
    return notes;
  }

  private void header(String version) {
    out.complex("technology", "cmos");
    out.word("delay_model", "table_lookup");
    out.text("date", surrogate.source().manifest().provenance().created());
    out.text("revision", version);
    out.text("comment", circuit.title());
    for (String template : List.of("lu_table_template", "power_lut_template")) {
      for (int k = 1; k <= axes.size(); k++) {
        out.complex("define", "understudy_axis_" + k + ", " + template + ", string");
      }
    }
    out.text("time_unit", "1ns");
    out.text("voltage_unit", "1V");
    out.text("current_unit", "1mA");
    out.text("pulling_resistance_unit", "1kohm");
    out.text("leakage_power_unit", "1nW");
    out.complex("capacitive_load_unit", "1, ff");
    out.number("nom_process", 1);
    out.number("nom_voltage", voltage());
    out.number("nom_temperature", temperatureDegC());
    out.group(
        "operating_conditions",
        "nominal",
        () -> {
          out.number("process", 1);
          out.number("voltage", voltage());
          out.number("temperature", temperatureDegC());
        });
    out.word("default_operating_conditions", "nominal");
    thresholds();
    for (String pin : List.of("input", "inout", "output")) {
      out.number("default_" + pin + "_pin_cap", 0);
    }
    out.number("default_fanout_load", 0);
    out.number("default_cell_leakage_power", 0);
  }

  /** The largest supply; of a circuit without one its largest input. */
  private double voltage() {
    return circuit.supplies().stream()
        .mapToDouble(supply -> volts(supply.volts()))
        .max()
        .orElseGet(() -> circuit.inputs().stream().mapToDouble(InputPort::max).max().orElseThrow());
  }

  private double volts(Supply.Volts volts) {
    double value =
        volts.parameter() == null ? volts.constant() : rest.parameter(circuit, volts.parameter());
    return volts.negated() ? -value : value;
  }

  private double temperatureDegC() {
    return circuit.parameters().stream()
        .filter(Parameter::temperature)
        .mapToDouble(parameter -> rest.parameter(circuit, parameter.name()))
        .findFirst()
        .orElse(TEMPERATURE_DEGC);
  }

  /** The part of the output's swing to which a delay runs. */
  private void thresholds() {
    double part =
        circuit.output() instanceof OutputPort.Event event
            ? event.riseThrough() / voltage()
            : ((OutputPort.Level) circuit.output()).latency().fraction();
    double percent = Math.min(Math.max(100 * part, 1), 99);
    out.number("input_threshold_pct_rise", 50);
    out.number("input_threshold_pct_fall", 50);
    out.number("output_threshold_pct_rise", percent);
    out.number("output_threshold_pct_fall", 100 - percent);
    out.number("slew_lower_threshold_pct_rise", 10);
    out.number("slew_lower_threshold_pct_fall", 10);
    out.number("slew_upper_threshold_pct_rise", 90);
    out.number("slew_upper_threshold_pct_fall", 90);
  }

  private void templates() {
    template("lu_table_template", DELAYS, "input_net_transition");
    template("power_lut_template", ENERGIES, "input_transition_time");
  }

  private void template(String group, String name, String first) {
    out.group(
        group,
        name,
        () -> {
          out.word("variable_1", first);
          out.word("variable_2", "total_output_net_capacitance");
          for (int k = 0; k < axes.size(); k++) {
            out.complex("index_" + (k + 1), LibertyText.list(axes.get(k).values()));
          }
          for (int k = 0; k < axes.size(); k++) {
            out.text("understudy_axis_" + (k + 1), axes.get(k).label());
          }
        });
  }

  private void codeTypes() {
    for (InputPort input : circuit.inputs()) {
      codeType(circuit.macro().inputs().get(input.name()), bits(input));
    }
    codeType(port(), outputBits());
  }

  private static int bits(InputPort input) {
    return input.width() * input.code().bits();
  }

  private int outputBits() {
    return circuit.output() instanceof OutputPort.Level level ? level.code().bits() : 1;
  }

  private String port() {
    return circuit.macro().outputs().get(circuit.output().name());
  }

  private void codeType(String port, int bits) {
    if (bits > 1) {
      out.group(
          "type",
          port + "_type",
          () -> {
            out.word("base_type", "array");
            out.word("data_type", "bit");
            out.number("bit_width", bits);
            out.number("bit_from", bits - 1);
            out.number("bit_to", 0);
            out.word("downto", "true");
          });
    }
  }

  private void cell() {
    out.number("area", 0);
    out.word("is_macro_cell", "true");
    out.word("interface_timing", "true");
    out.number("cell_leakage_power", leakageW * NW);
    out.group(
        "pin",
        circuit.macro().clock(),
        () -> {
          out.word("direction", "input");
          out.word("clock", "true");
          out.number("capacitance", 0);
        });
    pins(circuit.macro().valid(), 1, "input", () -> {});
    for (InputPort input : circuit.inputs()) {
      Code code = input.code();
      pins(
          circuit.macro().inputs().get(input.name()),
          bits(input),
          "input",
          () -> {
            // The digital code's meaning is all that Liberty has room for.
            out.comment(
                List.of(
                    input.name()
                        + " = code x "
                        + LibertyText.number(code.lsb())
                        + " + "
                        + LibertyText.number(code.offset())));
          });
    }
    pins(port(), outputBits(), "output", this::output);
  }

  private void pins(String name, int bits, String direction, Runnable more) {
    out.group(
        bits > 1 ? "bus" : "pin",
        name,
        () -> {
          if (bits > 1) {
            out.word("bus_type", name + "_type");
          }
          out.word("direction", direction);
          if (direction.equals("input")) {
            out.number("capacitance", 0);
          }
          more.run();
        });
  }

  private void output() {
    out.group(
        "timing",
        "",
        () -> {
          out.text("related_pin", circuit.macro().clock());
          out.word("timing_type", "rising_edge");
          out.word("timing_sense", "non_unate");
          delay("rise", GridEvent::rises);
          if (!circuit.hasEventOutput()) {
            delay("fall", event -> !event.rises());
          }
        });
    out.group(
        "internal_power",
        "",
        () -> {
          out.text("related_pin", circuit.macro().clock());
          energy("rise_power", GridEvent::rises);
          energy("fall_power", event -> !event.rises());
        });
  }

  private void delay(String edge, Predicate<GridEvent> of) {
    double none = circuit.clock().periodS();
    table(
        "cell_" + edge,
        DELAYS,
        event -> of.test(event) && !Double.isNaN(event.latencyS()) ? event.latencyS() : none,
        NS);
    out.group(edge + "_transition", "scalar", () -> out.complex("values", "\"0\""));
  }

  private void energy(String name, Predicate<GridEvent> of) {
    table(name, ENERGIES, event -> of.test(event) ? event.energyJ() : 0, FJ);
  }

  private void table(String name, String template, ToDoubleFunction<GridEvent> value, double unit) {
    out.group(
        name,
        template,
        () ->
            out.table(
                grid.stream()
                    .map(row -> row.stream().map(e -> unit * value.applyAsDouble(e)).toList())
                    .toList()));
  }
}
