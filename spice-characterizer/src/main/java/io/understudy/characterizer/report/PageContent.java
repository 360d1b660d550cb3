package io.understudy.characterizer.report;

import io.understudy.characterizer.baseline.Baselines;
import io.understudy.characterizer.evaluate.EnergyShare;
import io.understudy.characterizer.evaluate.RunEnergies;
import io.understudy.characterizer.evaluate.SizePoint;
import io.understudy.characterizer.evaluate.TimeBin;
import io.understudy.characterizer.train.Evaluation;
import io.understudy.characterizer.train.PredictorSample;
import io.understudy.characterizer.train.Training;
import io.understudy.characterizer.train.TrainingReport;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.StateNode;
import io.understudy.surrogate.predict.PredictorPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * What the page's template shows, by the template's names.
 *
 * @param title the circuit's title
 * @param name the circuit's name and the package's version
 * @param source where the circuit comes from; null where it does not say
 * @param unseen the runs that errors are stated on, in words
 * @param headline errors
 * @param hasFloor whether ngspice's own repeatability is known
 * @param floor how it was measured, in words
 * @param hasPublished whether others' errors are known
 * @param closedLoop pictures of errors over time
 * @param drift what they say, in words
 * @param energies each run's energy
 * @param runEnergy the spread of its error, in words
 * @param trace outputs of a few runs
 * @param traceCaption what it shows
 * @param split energy by the kind of events
 * @param shares the same as a table
 * @param size errors against size; null where there are no trees to cut
 * @param sizes the same as a table
 * @param sizeOutput what the first line of that picture shows
 * @param cards predictors
 * @param baselines table of baselines
 * @param baselineFeatures what baselines look at, in words
 * @param ranges trained ranges
 * @param provenance names and values
 */
record PageContent(
    String title,
    String name,
    String source,
    String unseen,
    List<HeadlineTable.Row> headline,
    boolean hasFloor,
    String floor,
    boolean hasPublished,
    List<Picture> closedLoop,
    String drift,
    Picture energies,
    String runEnergy,
    Picture trace,
    String traceCaption,
    Picture split,
    List<Share> shares,
    Picture size,
    SizeTable sizes,
    String sizeOutput,
    List<PredictorCard> cards,
    BaselineTable baselines,
    String baselineFeatures,
    List<TrainedRange> ranges,
    List<Provenance.Entry> provenance) {
  /** Energy of a kind of events, as text. */
  record Share(String kind, String events, String golden, String predicted, String error) {}

  static PageContent of(Training training) {
    Circuit circuit = training.folder().circuit();
    TrainingReport report = training.report();
    Evaluation errors = report.decisive();
    List<TimeBin> bins = report.closedLoop().overTime();
    RunEnergies energies = RunEnergies.of(training.played().closed());
    boolean spikes = circuit.hasEventOutput();
    double periodS = circuit.clock().periodS();
    var published = circuit.training().published();
    return new PageContent(
        circuit.title(),
        circuit.name() + " " + report.version(),
        circuit.source(),
        Sentences.unseen(report),
        HeadlineTable.of(errors, report.floor(), published),
        report.floor() != null,
        report.floor() == null ? null : Sentences.floor(report.floor()),
        !published.isEmpty(),
        overTime(circuit, bins),
        Sentences.drift(circuit, bins),
        RunPictures.energies(energies),
        Sentences.runEnergy(energies.spread()),
        spikes
            ? TracePicture.raster(training.played().closed(), periodS)
            : TracePicture.levels(training.played().closed(), periodS),
        Sentences.trace(spikes),
        RunPictures.split(report.closedLoop().energy()),
        report.closedLoop().energy().stream().map(PageContent::share).toList(),
        report.trees() == 0 ? null : RunPictures.size(report.sizeCurve(), spikes),
        SizeTable.of(report.sizeCurve()),
        spikes ? "spikes, 1 - F1" : "output",
        cards(report.baselines(), training.samples()),
        BaselineTable.of(report.baselines(), training.samples()),
        String.join(", ", report.baselines().features()),
        TrainedRange.of(training.manifest()),
        Provenance.of(training));
  }

  private static List<Picture> overTime(Circuit circuit, List<TimeBin> bins) {
    List<Picture> pictures = new ArrayList<>();
    if (circuit.hasEventOutput()) {
      pictures.add(
          RunPictures.overTime(
              bins,
              b -> b.spikeF1() == null ? null : 1 - b.spikeF1(),
              0.01,
              "spikes missed or invented, 1 - F1, %"));
    } else {
      pictures.add(volts(bins, TimeBin::outputRmseV, "output"));
    }
    StateNode state = circuit.states().get(0);
    // Where it is the output's own node, its picture would be the same.
    if (!PredictorPlan.isOutput(circuit, state)) {
      pictures.add(volts(bins, TimeBin::stateRmseV, state.name()));
    }
    pictures.add(
        RunPictures.overTime(bins, TimeBin::energyError, 0.01, "energy of the stretch, error, %"));
    return pictures;
  }

  private static Picture volts(
      List<TimeBin> bins, java.util.function.Function<TimeBin, Double> error, String what) {
    Unit unit =
        Unit.of(
            "V",
            bins.stream().map(error).filter(e -> e != null).mapToDouble(e -> e).max().orElse(1));
    return RunPictures.overTime(bins, error, unit.size(), what + ", RMSE, " + unit.symbol());
  }

  private static Share share(EnergyShare share) {
    Unit unit = Unit.of("J", share.goldenJ());
    return new Share(
        share.kind().name(),
        String.format(
            java.util.Locale.ROOT, "%,d / %,d", share.goldenEvents(), share.predictedEvents()),
        unit.text(share.goldenJ()),
        unit.text(share.predictedJ()),
        share.goldenJ() == 0 ? "" : Unit.percent(share.predictedJ() / share.goldenJ() - 1));
  }

  private static List<PredictorCard> cards(Baselines baselines, List<PredictorSample> samples) {
    List<PredictorCard> cards = new ArrayList<>();
    for (int k = 0; k < samples.size(); k++) {
      cards.add(PredictorCard.of(samples.get(k), baselines.quantities().get(k)));
    }
    return cards;
  }

  /**
   * The curve of errors against size as text.
   *
   * @param names of the errors
   * @param rows one a share
   */
  record SizeTable(List<String> names, List<Row> rows) {
    /** A share of the trees and what it reaches. */
    record Row(String share, int trees, int leaves, String treesPerEvent, List<String> errors) {}

    static SizeTable of(List<SizePoint> curve) {
      List<String> names =
          curve.get(0).closedLoop().keySet().stream().map(n -> n.replace('_', ' ')).toList();
      return new SizeTable(names, curve.stream().map(SizeTable::row).toList());
    }

    private static Row row(SizePoint point) {
      List<String> errors = new ArrayList<>();
      point
          .closedLoop()
          .forEach(
              (name, value) ->
                  errors.add(
                      name.endsWith("f1")
                          ? String.format(java.util.Locale.ROOT, "%.4f", value)
                          : Unit.percent(value)));
      return new Row(
          Math.round(100 * point.share()) + " %",
          point.trees(),
          point.leaves(),
          String.format(java.util.Locale.ROOT, "%.0f", point.treesPerEvent()),
          errors);
    }
  }
}
