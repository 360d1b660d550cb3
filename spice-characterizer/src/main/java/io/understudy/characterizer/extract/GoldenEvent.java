package io.understudy.characterizer.extract;

import io.understudy.characterizer.stimulus.InputSchedule;
import io.understudy.surrogate.event.EventKind;

/**
 * One event as ngspice saw it.
 *
 * @param kind E1 input with output, E2 input without output, E3 idle stretch
 * @param interval its place in the run and its inputs
 * @param statesStart in V at its start, in the circuit's order
 * @param output volts at its end; or for an event output 1 or 0, in an E3 the number of output
 *     events
 * @param latencyS of the output after the event's start in s; NaN where there is none
 * @param energyJ what the circuit's energy sources deliver in it, in J
 * @param alsoJ the further energies, in the order of their names, in J
 * @param referenceJ the sum of |v i| over the reference sources in J; NaN where the circuit has
 *     none
 * @param statesEnd in V at its end
 */
public record GoldenEvent(
    EventKind kind,
    InputSchedule.Interval interval,
    double[] statesStart,
    double output,
    double latencyS,
    double energyJ,
    double[] alsoJ,
    double referenceJ,
    double[] statesEnd) {}
