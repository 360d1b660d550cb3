package io.understudy.mnist.crossbar;

/**
 * The crossbar rows that there are, as the network's training sees them: the read-out's closed form
 * without line resistances, clipped.
 */
public enum RowKind {
  IDEAL_G30("crossbar_row_g30", 30, 0.8f, 0),
  IDEAL_G10("crossbar_row_g10", 10, 0.8f, 0),
  /** Its amplifier clips before the ADC does, and settles to within some tens of mV. */
  OPAMP("crossbar_row_opamp", 30, 0.785f, 0.05f);

  /** Inputs of a row. */
  public static final int WIDTH = 32;

  /** Volts of one code of DAC and ADC: 8 bits signed over [-0.8, 0.8]. */
  public static final float LSB_V = (float) (0.8 / 127);

  private static final double ON_S = 1 / 78009.241569;
  private static final double OFF_S = 1 / 202009.241569;
  private static final double BIAS_V = 0.8;
  private static final double LINE_OHM = 1000;

  private final String circuit;
  private final double feedbackOhm;
  private final float clipV;
  private final float noiseV;

  RowKind(String circuit, int gain, float clipV, float noiseV) {
    this.circuit = circuit;
    this.feedbackOhm = gain * LINE_OHM;
    this.clipV = clipV;
    this.noiseV = noiseV;
  }

  /** Name of the circuit. */
  public String circuit() {
    return circuit;
  }

  /** Where the output clips, in V. */
  float clipV() {
    return clipV;
  }

  /** Standard deviation in V of what the closed form leaves out. */
  float noiseV() {
    return noiseV;
  }

  /** How much one weight's step changes the output for 1 V at its input, about. */
  float slope() {
    return (float) (feedbackOhm * (ON_S - OFF_S));
  }

  /**
   * The row's output before clipping is linear in its inputs: out = offset + sum of factor x input.
   *
   * @param factors receives [0] the factor of a weight +1, [1] of a weight -1, [2] the offset in V
   * @param plus weights +1
   * @param minus weights -1
   * @param bias -1, 0 or 1
   */
  void closedForm(float[] factors, int plus, int minus, int bias) {
    double biasP = bias < 0 ? OFF_S : ON_S;
    double biasN = bias > 0 ? OFF_S : ON_S;
    double gp = plus * ON_S + minus * OFF_S + biasP;
    double gn = plus * OFF_S + minus * ON_S + biasN;
    double kp = feedbackOhm / (1 + (LINE_OHM + feedbackOhm) * gp);
    double kn = feedbackOhm / (1 + LINE_OHM * gn);
    // out = kp Sp - kn (Sn - gn kp Sp)
    double ofP = kp * (1 + kn * gn);
    factors[0] = (float) (ofP * ON_S - kn * OFF_S);
    factors[1] = (float) (ofP * OFF_S - kn * ON_S);
    factors[2] = (float) (BIAS_V * (ofP * biasP - kn * biasN));
  }
}
