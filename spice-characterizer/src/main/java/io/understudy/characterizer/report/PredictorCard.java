package io.understudy.characterizer.report;

import io.understudy.characterizer.baseline.Baselines;
import io.understudy.characterizer.baseline.Measure;
import io.understudy.characterizer.baseline.Score;
import io.understudy.characterizer.train.PredictorSample;
import io.understudy.surrogate.circuit.PredictorSpec.Moment;
import io.understudy.surrogate.predict.PredictorPlan;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * One predictor's part of the page.
 *
 * @param title the quantity in words
 * @param caption its error in words
 * @param scatter predicted against golden; null for a decision
 * @param histogram of errors; null for a decision
 * @param counts of right and wrong; null for all but a decision
 */
record PredictorCard(
    String title, String caption, Picture scatter, Picture histogram, Counts counts) {
  /** How a decision fared: both say it happens, one of them alone does, none does. */
  record Counts(int both, int missed, int invented, int neither) {}

  static PredictorCard of(PredictorSample sample, Baselines.Quantity quantity) {
    String title = title(sample.plan());
    Score score = quantity.scores().get(Baselines.SURROGATE);
    if (sample.measure() == Measure.DECISION) {
      String caption =
          String.format(
              java.util.Locale.ROOT,
              "%,d unseen events: F1 %.4f, %s decided wrongly.",
              quantity.events(),
              score.f1(),
              Unit.percent(score.wrong()));
      return new PredictorCard(title, caption, null, null, counts(sample));
    }
    String base = Unit.base(sample.plan().target());
    Unit unit =
        Unit.of(
            base,
            DoubleStream.concat(Arrays.stream(sample.golden()), Arrays.stream(sample.predicted()))
                .toArray());
    double rmse = rmse(sample);
    String error =
        "root mean square error "
            + Unit.of(base, rmse).text(rmse)
            + (score.rmse() == null ? "" : " (" + Unit.percent(score.rmse()) + " of the deviation)")
            + (score.mape() == null ? "" : ", mean relative error " + Unit.percent(score.mape()));
    return new PredictorCard(
        title,
        String.format(java.util.Locale.ROOT, "%,d unseen events: %s.", quantity.events(), error),
        PredictorPictures.scatter(sample, unit, title),
        PredictorPictures.histogram(sample, title),
        null);
  }

  private static double rmse(PredictorSample sample) {
    double squares = 0;
    for (int k = 0; k < sample.golden().length; k++) {
      double error = sample.predicted()[k] - sample.golden()[k];
      squares += error * error / sample.golden().length;
    }
    return Math.sqrt(squares);
  }

  /** A predictor's quantity in words. */
  static String title(PredictorPlan plan) {
    return title(plan.spec().on(), plan.target());
  }

  private static String title(Moment on, String target) {
    return switch (on) {
      case INPUT -> target + " at an input: does it come";
      case IDLE -> target + " in an idle stretch: does it come late";
      case LATE -> target + " of a late output";
      case E1, E2, E3 -> on + ": " + target;
      case E2_UNSETTLED -> "E2 from an unsettled start: " + target;
      case E3_UNSETTLED -> "E3 from an unsettled start: " + target;
    };
  }

  private static Counts counts(PredictorSample sample) {
    int[] all = new int[4];
    for (int k = 0; k < sample.golden().length; k++) {
      all[(sample.golden()[k] > 0.5 ? 0 : 2) + (sample.predicted()[k] > 0.5 ? 0 : 1)]++;
    }
    return new Counts(all[0], all[1], all[2], all[3]);
  }
}
