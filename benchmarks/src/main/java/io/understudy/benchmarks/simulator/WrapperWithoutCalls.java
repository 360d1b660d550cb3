package io.understudy.benchmarks.simulator;

import io.understudy.benchmarks.measure.BenchException;

/** A wrapper's source with its calls of the shim left out: no input is sent, no output changes. */
final class WrapperWithoutCalls {
  private static final String ARGUMENTS = "\\([^;]*;";

  private WrapperWithoutCalls() {}

  static String of(String wrapper) {
    String text =
        wrapper
            .replaceAll("\\$us_open" + ARGUMENTS, "handle = 1;")
            .replaceAll("\\$us_next" + ARGUMENTS, "instance_i = -1;")
            .replaceAll("\\$us_\\w+" + ARGUMENTS, ";")
            .replaceAll("`include \"understudy.svh\"\n", "\n");
    if (text.equals(wrapper) || text.contains("$us_")) {
      throw new BenchException("wrapper: calls of another form (expected: $us_NAME(...);)");
    }
    return text;
  }
}
