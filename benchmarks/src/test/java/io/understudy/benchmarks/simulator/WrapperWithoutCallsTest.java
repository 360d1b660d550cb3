package io.understudy.benchmarks.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.benchmarks.measure.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WrapperWithoutCallsTest {
  @Test
  void leavesEverythingButTheCalls() throws IOException {
    String wrapper =
        Files.readString(Path.of("..", "hdl-shims", "tests", "wrappers", "lif_neuron_bank.sv"));
    String bare = WrapperWithoutCalls.of(wrapper);
    assertFalse(bare.contains("$us_"), bare);
    assertTrue(bare.contains("handle = 1;"), bare);
    assertEquals(
        wrapper.lines().filter(line -> line.contains("@(posedge")).toList(),
        bare.lines().filter(line -> line.contains("@(posedge")).toList());
  }

  @Test
  void refusesAWrapperWithoutCalls() {
    assertThrows(BenchException.class, () -> WrapperWithoutCalls.of("module m; endmodule"));
  }
}
