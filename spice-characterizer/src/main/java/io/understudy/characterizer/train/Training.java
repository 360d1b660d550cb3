package io.understudy.characterizer.train;

import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.provenance.SurrogateManifest;
import java.nio.file.Path;
import java.util.List;

/**
 * A finished training: what was written, and what it was judged by.
 *
 * @param folder the circuit
 * @param directory the package's folder
 * @param report the figures
 * @param manifest what the package says of itself
 * @param samples each predictor's predictions of unseen events
 * @param played the unseen runs that decide
 */
public record Training(
    CircuitFolder folder,
    Path directory,
    TrainingReport report,
    SurrogateManifest manifest,
    List<PredictorSample> samples,
    PlayedRuns played) {}
