package io.understudy.characterizer;

import io.understudy.characterizer.dataset.AccuracyReport;
import io.understudy.characterizer.dataset.DatasetSchema;

/**
 * What a characterization has come to.
 *
 * @param schema of the dataset
 * @param simulated runs that this call had to simulate, the accuracy check's among them
 * @param accuracy of the dataset's events; null where it was not checked
 */
public record CharacterizationResult(
    DatasetSchema schema, int simulated, AccuracyReport accuracy) {}
