package io.understudy.surrogate.circuit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The circuit's module in RTL, a bank of N instances.
 *
 * @param module the module's name
 * @param instances how many the bank has where the RTL does not say (default 1)
 * @param clock port name of the clock, whose rising edge starts a period
 * @param valid port name of the input strobe: a bit an instance, or one bit where inputs are shared
 * @param inputs port name of each input's codes
 * @param outputs port name of each output's codes
 */
public record Macro(
    String module,
    Integer instances,
    String clock,
    String valid,
    Map<String, String> inputs,
    Map<String, String> outputs) {
  public Macro {
    Check.word("macro.module", module);
    instances = instances == null ? 1 : instances;
    if (instances < 1) {
      throw Check.error("macro.instances", instances, ">= 1");
    }
    Check.word("macro.clock", clock);
    Check.word("macro.valid", valid);
    inputs =
        Collections.unmodifiableSortedMap(new TreeMap<>(Check.present("macro.inputs", inputs)));
    outputs =
        Collections.unmodifiableSortedMap(new TreeMap<>(Check.present("macro.outputs", outputs)));
    inputs.forEach((k, v) -> Check.word("macro.inputs." + k, v));
    outputs.forEach((k, v) -> Check.word("macro.outputs." + k, v));
  }
}
