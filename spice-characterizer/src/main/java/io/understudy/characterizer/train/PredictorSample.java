package io.understudy.characterizer.train;

import io.understudy.characterizer.baseline.Measure;
import io.understudy.surrogate.predict.PredictorPlan;

/**
 * What a predictor says of unseen events with golden features.
 *
 * @param plan the predictor
 * @param measure how its error is measured
 * @param golden one an event, in the quantity's unit; 1 or 0 for a decision
 * @param predicted one for each
 */
public record PredictorSample(
    PredictorPlan plan, Measure measure, double[] golden, double[] predicted) {}
