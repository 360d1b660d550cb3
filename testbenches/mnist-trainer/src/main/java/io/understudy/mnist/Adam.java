package io.understudy.mnist;

/** Adam (Kingma and Ba, 2015), with latent values kept in [-1, 1]. */
public final class Adam {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final float limit;
  private final float[] mean;
  private final float[] square;
  private int steps;

  /**
   * @param size number of values
   * @param limit they stay within +-limit
   */
  public Adam(int size, float limit) {
    this.limit = limit;
    this.mean = new float[size];
    this.square = new float[size];
  }

  /**
   * One step; clears the gradients.
   *
   * @param values are changed
   * @param gradients of the loss
   * @param rate size of a step
   */
  public void step(float[] values, float[] gradients, float rate) {
    steps++;
    float corrected =
        rate
            * (float)
                (Math.sqrt(1 - StrictMath.pow(BETA2, steps)) / (1 - StrictMath.pow(BETA1, steps)));
    for (int i = 0; i < values.length; i++) {
      float g = gradients[i];
      mean[i] = BETA1 * mean[i] + (1 - BETA1) * g;
      square[i] = BETA2 * square[i] + (1 - BETA2) * g * g;
      float next = values[i] - corrected * mean[i] / ((float) Math.sqrt(square[i]) + EPSILON);
      values[i] = Math.max(-limit, Math.min(limit, next));
      gradients[i] = 0;
    }
  }
}
