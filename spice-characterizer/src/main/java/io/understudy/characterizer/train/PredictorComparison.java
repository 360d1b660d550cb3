package io.understudy.characterizer.train;

import io.understudy.characterizer.baseline.Baseline;
import io.understudy.characterizer.baseline.Baselines;
import io.understudy.characterizer.baseline.Baselines.Quantity;
import io.understudy.characterizer.baseline.MeanBaseline;
import io.understudy.characterizer.baseline.Measure;
import io.understudy.characterizer.baseline.NearestNeighbour;
import io.understudy.characterizer.baseline.Problem;
import io.understudy.characterizer.baseline.Sample;
import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.characterizer.train.PredictorTrainer.Learned;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.predict.PredictorPlan;
import java.util.List;
import java.util.Optional;

/**
 * Each predictor by itself on unseen events with golden features, beside the baselines.
 *
 * @param train events that baselines learn from
 * @param validation events that stop their learning
 * @param unseen events on which all are measured
 */
record PredictorComparison(
    Circuit circuit,
    MatrixBuilder matrices,
    EventTable train,
    EventTable validation,
    EventTable unseen) {
  /** Events that a baseline learns from, and events it is measured on: enough to tell. */
  private static final int TAUGHT = 40_000;

  private static final int MEASURED = 10_000;

  private static final List<Baseline> BASELINES =
      List.of(
          new MeanBaseline(), new NearestNeighbour(), new LinearBaseline(), new TreesBaseline());

  /**
   * A predictor's part.
   *
   * @param quantity its scores beside the baselines'
   * @param sample its predictions of the same events
   */
  record Compared(Quantity quantity, PredictorSample sample) {}

  /** Empty where no unseen event has the quantity. */
  Optional<Compared> compare(PredictorPlan plan, Learned learned, long seed) {
    PaperFeatures paper = new PaperFeatures(circuit);
    TargetRows source = new TargetRows(unseen, plan, circuit);
    List<Integer> rows = PaperFeatures.draw(unseen, source, MEASURED, seed);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Problem problem =
        new Problem(
            plan.name(),
            measure(plan),
            drawn(paper, plan, train, seed),
            drawn(paper, plan, validation, seed),
            paper.sample(plan, unseen, rows),
            seed);
    double[] predicted = predictions(plan, learned, source, rows);
    double[] golden = problem.unseen().targets();
    return Optional.of(
        new Compared(
            Baselines.compare(problem, BASELINES, predicted),
            new PredictorSample(plan, problem.measure(), golden, predicted)));
  }

  private Sample drawn(PaperFeatures paper, PredictorPlan plan, EventTable table, long seed) {
    TargetRows source = new TargetRows(table, plan, circuit);
    return paper.sample(plan, table, PaperFeatures.draw(table, source, TAUGHT, seed));
  }

  private double[] predictions(
      PredictorPlan plan, Learned learned, TargetRows source, List<Integer> rows) {
    List<DatasetRow> events = rows.stream().map(unseen.rows()::get).toList();
    EventTable part = new EventTable(unseen.origin(), unseen.schema(), events, unseen.columns());
    FeatureMatrix matrix = matrices.build(plan, part, List.of(Starts.golden(part.columns())));
    double[] predicted = learned.predicted(matrix);
    for (int k = 0; k < predicted.length; k++) {
      predicted[k] = source.quantity(events.get(k), predicted[k]);
    }
    return predicted;
  }

  private static Measure measure(PredictorPlan plan) {
    if (plan.decides()) {
      return Measure.DECISION;
    }
    boolean sized =
        plan.target().equals(PredictorPlan.LATENCY) || plan.target().equals(PredictorPlan.ENERGY);
    return sized ? Measure.RELATIVE : Measure.VALUE;
  }
}
