package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.event.EventKind;

/**
 * A golden event beside the surrogate's.
 *
 * @param golden the dataset's row
 * @param kind as the surrogate decided
 * @param output volts, or number of output events
 * @param energyJ its energy in J
 * @param latencyS of the output after the event's start in s; NaN where there is none
 * @param states at its end in V
 */
record EventPair(
    DatasetRow golden,
    EventKind kind,
    double output,
    double energyJ,
    double latencyS,
    double[] states) {}
