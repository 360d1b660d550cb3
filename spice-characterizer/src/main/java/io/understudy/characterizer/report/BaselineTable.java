package io.understudy.characterizer.report;

import io.understudy.characterizer.baseline.Baselines;
import io.understudy.characterizer.baseline.Score;
import io.understudy.characterizer.train.PredictorSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The baselines' errors beside the surrogate's, as text.
 *
 * @param methods names of the columns
 * @param rows one a quantity
 */
record BaselineTable(List<String> methods, List<Row> rows) {
  private static final Map<String, String> NAMES =
      Map.of(
          "mean",
          "mean",
          "nearest",
          "nearest neighbour",
          "linear",
          "linear regression",
          "lightgbm",
          "LightGBM",
          Baselines.SURROGATE,
          "this surrogate");

  /** A quantity. */
  record Row(String quantity, String measure, List<Cell> cells) {}

  /**
   * A method's error.
   *
   * @param best whether no method has a smaller one
   */
  record Cell(String text, boolean best) {}

  static BaselineTable of(Baselines baselines, List<PredictorSample> samples) {
    List<String> methods = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < samples.size(); k++) {
      Baselines.Quantity quantity = baselines.quantities().get(k);
      if (methods.isEmpty()) {
        quantity.scores().keySet().forEach(m -> methods.add(NAMES.getOrDefault(m, m)));
      }
      rows.add(row(PredictorCard.title(samples.get(k).plan()), quantity));
    }
    return new BaselineTable(methods, rows);
  }

  private static Row row(String title, Baselines.Quantity quantity) {
    double least =
        quantity.scores().values().stream().mapToDouble(BaselineTable::error).min().orElse(0);
    List<Cell> cells =
        quantity.scores().values().stream()
            .map(score -> new Cell(text(score), error(score) == least))
            .toList();
    Score any = quantity.scores().get(Baselines.SURROGATE);
    String measure =
        any.f1() != null
            ? "F1"
            : any.mape() != null ? "mean relative error" : "RMSE by the deviation";
    return new Row(title, measure, cells);
  }

  private static double error(Score score) {
    Double value =
        score.f1() != null
            ? Double.valueOf(1 - score.f1())
            : score.mape() != null ? score.mape() : score.rmse();
    return value == null ? Double.POSITIVE_INFINITY : value;
  }

  private static String text(Score score) {
    if (score.f1() != null) {
      return String.format(Locale.ROOT, "%.3f", score.f1());
    }
    Double value = score.mape() != null ? score.mape() : score.rmse();
    return value == null ? "" : Unit.percent(value);
  }
}
