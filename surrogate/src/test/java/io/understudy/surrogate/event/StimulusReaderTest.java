package io.understudy.surrogate.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StimulusReaderTest {
  private static final Circuit NEURON =
      CircuitReader.read(Path.of("..", "models", "lif_neuron")).circuit();
  private static final String HEADER = "instance,step,weight,v_sf,v_adap,v_lk,v_rtr\n";

  @Test
  void readsRowsInAnyOrder() throws IOException {
    Stimulus stimulus =
        parse(HEADER + "9,4,1,.5,.6,.57,.7\n2,3,-2,.5,.5,.5,.5\n9,2,-0.0,.5,.6,.57,.7\n");
    assertEquals(
        new Stimulus(
            List.of(
                new Stimulus.Instance(
                    2, List.of(0.5, 0.5, 0.5, 0.5), List.of(new Stimulus.Row(3, List.of(-2.0)))),
                new Stimulus.Instance(
                    9,
                    List.of(0.5, 0.6, 0.57, 0.7),
                    List.of(
                        new Stimulus.Row(2, List.of(0.0)), new Stimulus.Row(4, List.of(1.0)))))),
        stimulus);
    assertEquals(4, stimulus.lastStep());
  }

  @Test
  void takesTheDefaultsOfParametersThatAreLeftOut() throws IOException {
    Stimulus stimulus = parse("instance,step,weight\n0,0,1\n");
    assertEquals(List.of(0.5, 0.5, 0.57, 0.5), stimulus.instances().get(0).parameters());
  }

  @Test
  void namesRowAndColumnOfABadValue() {
    assertFails(HEADER + "0,0,2.5,.5,.5,.5,.5\n", "s.csv:2: weight: 2.5 (expected: -2.0 to 2.0");
    assertFails(HEADER + "0,0,NaN,.5,.5,.5,.5\n", "s.csv:2: weight: NaN (expected: a finite");
    assertFails(HEADER + "0,0,x,.5,.5,.5,.5\n", "s.csv:2: weight: x (expected: a number)");
    assertFails(HEADER + "0,0,,.5,.5,.5,.5\n", "s.csv:2: weight:  (expected: a number)");
    assertFails(
        HEADER + "0,0,1,.5,.5,.5,.5\n0,1,1,.5,.5,.3,.5\n",
        "s.csv:3: v_lk: 0.3 (expected: 0.4 to 0.8 V)");
    assertFails(HEADER + "0,-1,1,.5,.5,.5,.5\n", "s.csv:2: step: -1 (expected: a whole number");
    assertFails(HEADER + "0,0,1,.5,.5,.5\n", "s.csv:2: columns: 6 (expected: 7)");
  }

  @Test
  void refusesAPeriodThatIsGivenTwice() {
    assertFails(
        HEADER + "0,1,1,.5,.5,.5,.5\n0,1,1,.5,.5,.5,.5\n",
        "s.csv:3: instance 0, step 1: given twice");
  }

  @Test
  void refusesAParameterThatChanges() {
    assertFails(
        HEADER + "0,1,1,.5,.5,.5,.5\n0,2,1,.5,.6,.5,.5\n",
        "s.csv:3: v_adap: 0.6 (expected: 0.5 as in line 2");
  }

  @Test
  void refusesColumnsThatAreUnknownMissingOrTwice() {
    assertFails("instance,step,weight,v_gate\n0,0,1,1\n", "s.csv: column v_gate: unknown");
    assertFails("instance,step\n0,0\n", "s.csv: columns: missing [weight]");
    assertFails("instance,step,weight,weight\n0,0,1,1\n", "weight");
  }

  @Test
  void refusesAFileWithoutRows() {
    assertFails(HEADER, "s.csv: rows: none (expected: at least one)");
    assertFails("", "s.csv: columns: missing");
  }

  private static void assertFails(String text, String message) {
    StimulusException e = assertThrows(StimulusException.class, () -> parse(text));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static Stimulus parse(String text) throws IOException {
    return StimulusReader.parse("s.csv", new StringReader(text), NEURON);
  }
}
