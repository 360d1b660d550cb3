package io.understudy.characterizer.baseline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.characterizer.evaluate.Digits;

/**
 * How far predictions lie from golden values; what a quantity's measure does not have is null.
 *
 * @param rmse root mean square error by the golden values' deviation: 1 is no better than the mean
 * @param mape mean of |error| / |golden|
 * @param f1 of the events predicted to happen
 * @param wrong share of wrong decisions
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Score(Double rmse, Double mape, Double f1, Double wrong) {
  /**
   * Measures.
   *
   * @param golden values, or 1 and 0; at least one
   * @param predicted one for each; for a decision more than 0.5 where it happens
   */
  public static Score of(Measure measure, double[] golden, double[] predicted) {
    return switch (measure) {
      case DECISION -> ofDecisions(golden, predicted);
      case VALUE -> new Score(Digits.of(rmse(golden, predicted)), null, null, null);
      case RELATIVE ->
          new Score(
              Digits.of(rmse(golden, predicted)), Digits.of(mape(golden, predicted)), null, null);
    };
  }

  private static Score ofDecisions(double[] golden, double[] predicted) {
    int both = 0;
    int happened = 0;
    int said = 0;
    for (int k = 0; k < golden.length; k++) {
      boolean happens = golden[k] > 0.5;
      boolean says = predicted[k] > 0.5;
      happened += happens ? 1 : 0;
      said += says ? 1 : 0;
      both += happens && says ? 1 : 0;
    }
    double f1 = happened + said == 0 ? 1 : 2.0 * both / (happened + said);
    double wrong = (happened + said - 2.0 * both) / golden.length;
    return new Score(null, null, Digits.of(f1), Digits.of(wrong));
  }

  private static double rmse(double[] golden, double[] predicted) {
    double mean = 0;
    for (double value : golden) {
      mean += value / golden.length;
    }
    double errors = 0;
    double spread = 0;
    for (int k = 0; k < golden.length; k++) {
      errors += (predicted[k] - golden[k]) * (predicted[k] - golden[k]);
      spread += (golden[k] - mean) * (golden[k] - mean);
    }
    return errors == 0 ? 0 : Math.sqrt(errors / spread);
  }

  private static double mape(double[] golden, double[] predicted) {
    double sum = 0;
    for (int k = 0; k < golden.length; k++) {
      sum += golden[k] == 0 ? 0 : Math.abs((predicted[k] - golden[k]) / golden[k]);
    }
    return sum / golden.length;
  }
}
