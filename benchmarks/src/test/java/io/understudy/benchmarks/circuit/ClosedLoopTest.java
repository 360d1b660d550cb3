package io.understudy.benchmarks.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.benchmarks.measure.BenchOptions;
import io.understudy.benchmarks.measure.ShippedSurrogate;
import io.understudy.surrogate.event.Stimulus;
import io.understudy.surrogate.predict.Surrogate;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
  private final Surrogate surrogate =
      ShippedSurrogate.of(
              new BenchOptions(Path.of(".."), Path.of("target"), Set.of(), true), "lif_neuron")
          .load();

  @Test
  void countsTheEventsOfItsStimuli() {
    List<Double> parameters = List.of(0.5, 0.5, 0.57, 0.5);
    Stimulus.Instance busy =
        new Stimulus.Instance(
            0,
            parameters,
            List.of(
                new Stimulus.Row(0, List.of(0.5)),
                new Stimulus.Row(1, List.of(0.5)),
                new Stimulus.Row(3, List.of(-0.5))));
    Stimulus.Instance idle = new Stimulus.Instance(1, parameters, List.of());
    ClosedLoop loop = new ClosedLoop(surrogate, List.of(busy, idle), 4, 4, null);
    double energyJ = loop.cycle();
    // Two busy instances: three inputs and an idle stretch each; the idle ones' has not ended.
    assertEquals(8, loop.events());
    assertTrue(energyJ > 0);
    loop.close();
    assertEquals(10, loop.events());
  }
}
