package io.understudy.cli.wrap;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitException;
import io.understudy.surrogate.circuit.Code;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.OutputPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Fills the wrapper template {@code hdl-shims/sv/bank.sv.in} for a circuit: one body that serves
 * both simulators.
 */
public final class WrapperTemplate {
  /** What the template itself declares. */
  private static final Set<String> TEMPLATE_NAMES =
      new TreeSet<>(
          List.of(
              "N",
              "PARAMS",
              "TRACE",
              "LOOKAHEAD",
              "VALID_BITS",
              "CODE_BITS",
              "ROW_BITS",
              "handle",
              "now_ps",
              "is_due",
              "is_posted",
              "lookahead_ps",
              "collected",
              "instance_i",
              "wait_ps",
              "row",
              "trace",
              "energy_j",
              "step_energy_j",
              "latency_s"));

  private WrapperTemplate() {}

  /**
   * The wrapper's source.
   *
   * @param template the template's text, with {@code @NAME@} where the circuit's parts go
   */
  public static String fill(String template, Circuit circuit) {
    checkPorts(circuit);
    Map<String, String> parts = parts(circuit);
    String text = template;
    for (Map.Entry<String, String> part : parts.entrySet()) {
      String mark = "@" + part.getKey() + "@";
      if (!text.contains(mark)) {
        throw new IllegalArgumentException(
            "wrapper template: no " + mark + " (expected: all of " + parts.keySet() + ")");
      }
      // A part that is empty takes its line with it.
      text =
          part.getValue().isEmpty()
              ? text.replace(mark + "\n", "")
              : text.replace(mark, part.getValue());
    }
    return text;
  }

  private static void checkPorts(Circuit circuit) {
    List<String> ports = new ArrayList<>(List.of(circuit.macro().clock(), circuit.macro().valid()));
    ports.addAll(circuit.macro().inputs().values());
    ports.addAll(circuit.macro().outputs().values());
    for (int k = 0; k < ports.size(); k++) {
      if (TEMPLATE_NAMES.contains(ports.get(k)) || ports.indexOf(ports.get(k)) < k) {
        throw new CircuitException(
            "macro: port "
                + ports.get(k)
                + " (expected: a name of its own, none of "
                + TEMPLATE_NAMES
                + ")");
      }
    }
  }

  private static Map<String, String> parts(Circuit circuit) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("CIRCUIT", circuit.name());
    parts.put("MODULE", circuit.macro().module());
    parts.put("INSTANCES", String.valueOf(circuit.macro().instances()));
    parts.put("CLOCK", circuit.macro().clock());
    parts.put("VALID", circuit.macro().valid());
    parts.put("PORTS", ports(circuit));
    parts.put("VALID_BITS", circuit.hasSharedInputs() ? "1" : "N");
    parts.put(
        "CODE_BITS",
        circuit.inputs().stream()
            .map(input -> inputWidth(circuit, input))
            .collect(Collectors.joining(" + "))
            .replace("*", " * "));
    parts.put(
        "ROW_BITS",
        String.valueOf(circuit.outputs().stream().mapToInt(WrapperTemplate::bits).sum()));
    parts.put(
        "ROW_ORDER",
        circuit.outputs().stream()
            .map(output -> port(circuit, output))
            .collect(Collectors.joining(", ")));
    outputs(circuit, parts);
    List<String> codes =
        new ArrayList<>(circuit.inputs().stream().map(input -> port(circuit, input)).toList());
    java.util.Collections.reverse(codes);
    parts.put("CODES", String.join(", ", codes));
    return parts;
  }

  private static void outputs(Circuit circuit, Map<String, String> parts) {
    List<String> registers = new ArrayList<>();
    List<String> clears = new ArrayList<>();
    List<String> changes = new ArrayList<>();
    List<String> values = new ArrayList<>();
    List<String> valueCalls = new ArrayList<>();
    int at = 0;
    for (int k = 0; k < circuit.outputs().size(); k++) {
      OutputPort output = circuit.outputs().get(k);
      String name = port(circuit, output);
      String width = outputWidth(output);
      registers.add("  reg [" + width + "-1:0] " + name + "_q = {(" + width + "){1'b0}};");
      registers.add("  assign " + name + " = " + name + "_q;");
      if (output instanceof OutputPort.Event) {
        clears.add("    " + name + "_q = {(" + width + "){1'b0}};");
        changes.add("        if (row[" + at + "]) " + name + "_q[instance_i] = 1'b1;");
      } else {
        int bits = bits(output);
        changes.add(
            "        %s_q[instance_i*%d+:%d] = row[%d+:%d];".formatted(name, bits, bits, at, bits));
        values.add("        real " + output.name() + "_value = 0.0;");
        valueCalls.add("          $us_value(handle, g, " + k + ", " + output.name() + "_value);");
      }
      at += bits(output);
    }
    parts.put("REGISTERS", String.join("\n", registers));
    parts.put("CLEARS", String.join("\n", clears));
    parts.put("CHANGES", String.join("\n", changes));
    parts.put("VALUES", String.join("\n", values));
    parts.put("VALUE_CALLS", String.join("\n", valueCalls));
  }

  private static String ports(Circuit circuit) {
    List<String> lines = new ArrayList<>();
    String valid = circuit.macro().valid();
    lines.add("    input  wire " + (circuit.hasSharedInputs() ? "" : "[N-1:0] ") + valid);
    circuit
        .inputs()
        .forEach(
            input ->
                lines.add(
                    "    input  wire ["
                        + inputWidth(circuit, input)
                        + "-1:0] "
                        + port(circuit, input)));
    circuit
        .outputs()
        .forEach(
            output ->
                lines.add(
                    "    output wire [" + outputWidth(output) + "-1:0] " + port(circuit, output)));
    return String.join(",\n", lines);
  }

  private static String port(Circuit circuit, InputPort input) {
    return circuit.macro().inputs().get(input.name());
  }

  private static String port(Circuit circuit, OutputPort output) {
    return circuit.macro().outputs().get(output.name());
  }

  private static String inputWidth(Circuit circuit, InputPort input) {
    int bits = input.width() * input.code().bits();
    return circuit.hasSharedInputs() ? String.valueOf(bits) : instancesTimes(bits);
  }

  private static String outputWidth(OutputPort output) {
    return output instanceof OutputPort.Event ? "N" : instancesTimes(bits(output));
  }

  private static String instancesTimes(int bits) {
    return bits == 1 ? "N" : "N*" + bits;
  }

  private static int bits(OutputPort output) {
    if (output instanceof OutputPort.Level level) {
      Code code = level.code();
      return code.bits();
    }
    return 1;
  }
}
