package io.understudy.server.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.understudy.proto.v1.WireError;
import io.understudy.server.TestModels;
import io.understudy.server.frame.FrameException;
import io.understudy.surrogate.circuit.Circuit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterTableTest {
  private static final Circuit CELL =
      TestModels.circuits().get(TestModels.PULSE).folder().circuit();
  private static final Circuit ROW = TestModels.circuits().get(TestModels.HELD).folder().circuit();

  @Test
  void fillsInDefaults() {
    double[][] values =
        ParameterTable.read("tb.n", CELL, 2, "instance,bias,gain\r\n1,0.25,\r\n0, 1 ,2\r\n\r\n");
    assertArrayEquals(new double[] {2, 1}, values[0]);
    assertArrayEquals(new double[] {1, 0.25}, values[1]);
  }

  @Test
  void takesTheElementsOfAVector() {
    double[][] values = ParameterTable.read("tb.r", ROW, 3, "instance,w1,w3\n1,-1,1\n");
    assertArrayEquals(new double[] {-1, 0, 1}, values[1]);
    assertArrayEquals(new double[] {0, 0, 0}, values[2]);
  }

  @Test
  void takesAnEmptyTableWhereAllHaveDefaults() {
    assertArrayEquals(new double[] {0, 0, 0}, ParameterTable.read("tb.r", ROW, 1, "")[0]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | instance 0: parameter bias: missing (expected: 0.0 to 1.0 V)",
        "instance,bias/0,0.5 | instance 1: parameter bias: missing (expected: 0.0 to 1.0 V)",
        "instance,gain/0,1/1,1 | instance 0: parameter bias: missing (expected: 0.0 to 1.0 V)",
        "instance,bias/0,1.5/1,1 | instance 0: parameter bias: 1.5 (expected: 0.0 to 1.0 V)",
        "instance,bias/0,NaN/1,1 | instance 0: parameter bias: NaN (expected: 0.0 to 1.0 V)",
        "instance,bias/0,1/1,abc | instance 1: parameter bias: abc (expected: 0.0 to 1.0 V)",
        "instance,tau/0,1 | parameter: tau (expected: one of [gain, bias])",
        "instance,bias,bias/0,1,1 | parameter: bias twice (expected: each name once)",
        "cell,bias/0,1 | parameter table's header: cell,bias (expected: instance,NAME,...)",
        "instance,bias/0 | parameter table's line 2: 1 cells (expected: 2)",
        "instance,bias/2,1 | parameter table's line 2: instance: 2 (expected: 0 to 1)",
        "instance,bias/x,1 | parameter table's line 2: instance: x (expected: 0 to 1)",
        "instance,bias/0,1/0,1 | parameter table's line 3: instance 0 again (expected: one line)",
      })
  void refusesABadTable(String table, String message) {
    FrameException e =
        assertThrows(
            FrameException.class,
            () -> ParameterTable.read("tb.n", CELL, 2, table.replace('/', '\n')));
    assertEquals("tb.n: " + message, e.getMessage());
    assertEquals(WireError.WIRE_ERROR_BAD_PARAMETER, e.code());
  }

  @Test
  void refusesAValueThatIsNotOneOfThose() {
    FrameException e =
        assertThrows(
            FrameException.class,
            () -> ParameterTable.read("tb.r", ROW, 1, "instance,w2\n0,0.5\n"));
    assertEquals(
        "tb.r: instance 0: parameter w2: 0.5 (expected: one of [-1.0, 0.0, 1.0])", e.getMessage());
  }
}
