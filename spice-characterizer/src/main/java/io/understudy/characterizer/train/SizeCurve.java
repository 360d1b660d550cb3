package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.characterizer.evaluate.Digits;
import io.understudy.characterizer.evaluate.SizePoint;
import io.understudy.characterizer.train.PredictorTrainer.Learned;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.PredictorSpec.Moment;
import io.understudy.surrogate.compare.EventErrors;
import io.understudy.surrogate.forest.Forest;
import io.understudy.surrogate.forest.ForestReader;
import io.understudy.surrogate.predict.Surrogate;
import java.util.ArrayList;
import java.util.List;

/** Errors in closed loop of a surrogate whose forests are cut to a share of their trees. */
record SizeCurve(Circuit circuit, PackageDraft draft, EventTable unseen) {
  /** The shares. */
  static final List<Double> SHARES = List.of(0.1, 0.25, 0.5, 0.75, 1.0);

  /** Measures one share; thresholds, scales and linear bases stay as they were learned. */
  SizePoint at(double share, List<Learned> learned) {
    List<Learned> cut = learned.stream().map(l -> cut(l, share)).toList();
    List<Forest> forests =
        cut.stream().map(l -> ForestReader.read(l.predictor().name(), l.trees())).toList();
    Surrogate surrogate = draft.load(cut);
    SurrogateReplay replay = new SurrogateReplay(surrogate, unseen.columns());
    EventErrors errors = EventErrors.of(circuit, replay.play(unseen, SurrogateReplay.Loop.CLOSED));
    return new SizePoint(
        share,
        forests.stream().mapToInt(Forest::trees).sum(),
        forests.stream().mapToInt(Forest::leaves).sum(),
        Digits.of(treesPerEvent(cut, forests)),
        SizePoint.errors(errors));
  }

  private static Learned cut(Learned learned, double share) {
    int trees = ForestReader.read(learned.predictor().name(), learned.trees()).trees();
    int kept = (int) Math.ceil(share * trees);
    return kept == trees
        ? learned
        : new Learned(
            learned.predictor(),
            BoostedTrees.cut(learned.predictor().name(), learned.trees(), kept),
            learned.rows());
  }

  private double treesPerEvent(List<Learned> learned, List<Forest> forests) {
    long trees = 0;
    MomentRows rows = new MomentRows(circuit, unseen);
    List<Moment> moments = new ArrayList<>();
    learned.forEach(l -> moments.add(l.predictor().on()));
    for (DatasetRow row : unseen.rows()) {
      for (int k = 0; k < moments.size(); k++) {
        trees += rows.has(moments.get(k), row) ? forests.get(k).trees() : 0;
      }
    }
    return (double) trees / unseen.rows().size();
  }
}
