package io.understudy.characterizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The shipped row's netlist against its closed form without line resistances. */
class CrossbarRowGoldenTest {
  private static final double G_ON = 1 / 78e3;
  private static final double G_OFF = 1 / 202e3;
  private static final double READ_OHM = 1e3;
  private static final double FEEDBACK_OHM = 30e3;
  private static final double BIAS_V = 0.8;
  private static final double PERIOD_S = 4e-9;
  private static final CircuitFolder ROW = Circuits.shipped("crossbar_row_g30");

  @Test
  void hasTheOutputAndEnergyOfItsClosedForm() {
    Random random = new Random(11);
    List<Stimulus.Instance> instances = new ArrayList<>();
    for (int bias = -1; bias <= 1; bias++) {
      List<Double> parameters = new ArrayList<>();
      List<Double> inputs = new ArrayList<>();
      for (int k = 0; k < 32; k++) {
        parameters.add((double) (random.nextInt(3) - 1));
        inputs.add(1.6 * random.nextDouble() - 0.8);
      }
      parameters.add((double) bias);
      instances.add(
          new Stimulus.Instance(bias + 1, parameters, List.of(new Stimulus.Row(0, inputs))));
    }
    int[] idle = {0};
    GoldenReplay.run(
        ROW,
        new Stimulus(instances),
        6,
        null,
        2,
        (instance, step, kind, periods, output, energyJ, latencyS, states) -> {
          Stimulus.Instance given = instances.get(instance);
          Closed closed = Closed.of(given.parameters(), given.rows().get(0).values());
          assertEquals(closed.outV, output, 0.02, "output of instance " + instance);
          assertEquals(output, states[0]);
          if (kind == EventKind.E3) {
            idle[0]++;
            assertEquals(5, periods);
            double expectedJ = closed.powerW * PERIOD_S * periods;
            assertEquals(expectedJ, energyJ, 0.01 * expectedJ, "energy of " + instance);
          } else {
            assertEquals(0.447e-9, latencyS, 0.01e-9);
          }
        },
        ProgressListener.NONE);
    assertEquals(3, idle[0]);
  }

  @Test
  void givesASingleWeightItsSign() {
    // One input at 0.8 V, all others at 0: the output's sign is the weight's.
    double[] outputs = new double[3];
    List<Stimulus.Instance> instances = new ArrayList<>();
    for (int weight = -1; weight <= 1; weight++) {
      List<Double> parameters = new ArrayList<>(java.util.Collections.nCopies(33, 0.0));
      List<Double> inputs = new ArrayList<>(java.util.Collections.nCopies(32, 0.0));
      parameters.set(4, (double) weight);
      inputs.set(4, 0.8);
      instances.add(
          new Stimulus.Instance(weight + 1, parameters, List.of(new Stimulus.Row(0, inputs))));
    }
    GoldenReplay.run(
        ROW,
        new Stimulus(instances),
        1,
        null,
        2,
        (instance, step, kind, periods, output, energyJ, latencyS, states) ->
            outputs[instance] = output,
        ProgressListener.NONE);
    for (int weight = -1; weight <= 1; weight++) {
      Stimulus.Instance given = instances.get(weight + 1);
      Closed closed = Closed.of(given.parameters(), given.rows().get(0).values());
      assertEquals(closed.outV, outputs[weight + 1], 1e-3);
      assertEquals(weight, (int) Math.signum(Math.rint(outputs[weight + 1] * 1e2)));
    }
  }

  /** The row without line and input resistances. */
  private record Closed(double outV, double powerW) {
    static Closed of(List<Double> parameters, List<Double> inputs) {
      double bias = parameters.get(32);
      double gp = bias < 0 ? G_OFF : G_ON;
      double gn = bias > 0 ? G_OFF : G_ON;
      double sp = gp * BIAS_V;
      double sn = gn * BIAS_V;
      double squares = (gp + gn) * BIAS_V * BIAS_V;
      for (int k = 0; k < 32; k++) {
        double w = parameters.get(k);
        double v = inputs.get(k);
        double p = w > 0 ? G_ON : w < 0 ? G_OFF : 0;
        double n = w < 0 ? G_ON : w > 0 ? G_OFF : 0;
        gp += p;
        gn += n;
        sp += p * v;
        sn += n * v;
        squares += (w == 0 ? 2 * G_ON : p + n) * v * v;
      }
      double positiveA = sp / (1 + (READ_OHM + FEEDBACK_OHM) * gp);
      double nodeV = FEEDBACK_OHM * positiveA;
      double negativeA = (sn - gn * nodeV) / (1 + READ_OHM * gn);
      double outV = nodeV - FEEDBACK_OHM * negativeA;
      double lineP = nodeV + READ_OHM * positiveA;
      double lineN = nodeV + READ_OHM * negativeA;
      // What inputs and bias deliver, and what the amplifier's output does.
      double powerW = squares - sp * lineP - sn * lineN + outV * (outV - nodeV) / FEEDBACK_OHM;
      return new Closed(outV, powerW);
    }
  }
}
