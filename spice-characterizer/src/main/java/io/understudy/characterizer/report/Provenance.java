package io.understudy.characterizer.report;

import io.understudy.characterizer.train.Training;
import io.understudy.characterizer.train.TrainingReport;
import io.understudy.surrogate.provenance.SurrogateManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a surrogate comes from, for the page's last table. */
final class Provenance {
  private Provenance() {}

  /** A name and its value. */
  record Entry(String name, String value) {}

  static List<Entry> of(Training training) {
    TrainingReport report = training.report();
    SurrogateManifest manifest = training.manifest();
    SurrogateManifest.Provenance from = manifest.provenance();
    List<Entry> all = new ArrayList<>();
    all.add(new Entry("made on", from.created()));
    all.add(new Entry("circuit, SHA-256", manifest.circuitSha256()));
    all.add(new Entry("training data, SHA-256", from.datasetSha256()));
    all.add(
        new Entry(
            "training data",
            from.runs()
                + " runs of "
                + from.periods()
                + " periods: "
                + report.runs().train()
                + " taught, "
                + report.runs().validation()
                + " stopped the teaching, "
                + report.runs().test()
                + " stayed unseen"));
    all.add(
        new Entry(
            "seeds",
            "stimuli "
                + from.characterizationSeed()
                + ", split, noise and LightGBM "
                + from.trainingSeed()
                + ", unseen stimuli "
                + report.decisive().seed()));
    all.add(new Entry("ngspice", "version " + from.ngspice() + ", " + from.accuracy()));
    all.add(new Entry("LightGBM", "version " + from.lightgbm() + ", " + from.options()));
    all.add(
        new Entry(
            "size",
            String.format(
                Locale.ROOT,
                "%d predictors, %,d trees, %,d leaves, %,d bytes",
                report.predictors().size(),
                report.trees(),
                report.leaves(),
                report.bytes())));
    return all;
  }
}
