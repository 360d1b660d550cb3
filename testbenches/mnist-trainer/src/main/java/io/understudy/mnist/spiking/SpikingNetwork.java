package io.understudy.mnist.spiking;

import io.understudy.surrogate.circuit.Circuit;
import java.util.List;
import java.util.Map;

/**
 * The network's weights as charge codes: how much a spike of an input adds to an output's charge.
 *
 * @param hidden [784][128]
 * @param output [128][10]
 */
public record SpikingNetwork(byte[][] hidden, byte[][] output) {
  /** Neurons of each layer. */
  static final int INPUTS = 784;

  static final int HIDDEN = 128;
  static final int OUTPUTS = 10;

  /** Charge of one code, 1 being 432 fC. */
  static final double CHARGE_LSB = 0.016;

  /** Charges saturate at +-2. */
  static final int MAX_CHARGE = 125;

  /** Charge code that an event of the encoder gives an input neuron: enough for a spike. */
  static final int INPUT_CHARGE = 100;

  /** Time steps of an image, and idle ones after it. */
  static final int STEPS = 100;

  /** So many in the RTL: 24, and 3 from a result to the next start. */
  static final int GAP = 27;

  /** Name of the circuit. */
  public static final String CIRCUIT = "lif_neuron";

  private static final Map<String, Double> BIAS_V =
      Map.of("v_sf", 0.5, "v_adap", 0.5, "v_lk", 0.57, "v_rtr", 0.5);

  /** The bias point of all neurons, in the order of the circuit's parameters. */
  static double[] biasPoint(Circuit circuit) {
    List<String> names = circuit.parameterColumns();
    return names.stream().mapToDouble(BIAS_V::get).toArray();
  }

  /** A sum of weights as a charge code. */
  static int saturate(int sum) {
    return Math.max(-MAX_CHARGE, Math.min(MAX_CHARGE, sum));
  }
}
