package io.understudy.surrogate.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MinimumLatencyTest {
  @Test
  void isTheLeastLatencyOfTheTrainingData() {
    SurrogateBank bank = ToyNeuron.surrogate().open(new double[1][1], null);
    assertEquals(100_000, bank.minimumLatencyFs());
  }

  @Test
  void isNoneWhereALevelMayChangeAtOnce() {
    Circuit row = CircuitReader.read(Path.of("..", "models", "crossbar_row_g30")).circuit();
    assertEquals(0, MinimumLatency.fs(row, ToyNeuron.source().manifest()));
  }
}
