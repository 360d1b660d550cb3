package io.understudy.characterizer.dataset;

import io.understudy.surrogate.event.EventKind;

/**
 * One event of a dataset.
 *
 * @param values by the index of {@link DatasetReader#columnIndex}; NaN for what is empty
 */
public record DatasetRow(int run, long step, EventKind kind, long periods, double[] values) {}
