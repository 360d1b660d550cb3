package io.understudy.characterizer.extract;

import io.understudy.characterizer.deck.Probe;
import io.understudy.characterizer.ngspice.Waveforms;
import io.understudy.characterizer.stimulus.InputSchedule;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.EnergyDefinition;
import io.understudy.surrogate.circuit.OutputPort;
import io.understudy.surrogate.event.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a run's waveforms into events E1, E2 and E3 (MLCAD 2025's kinds) with their outputs,
 * latencies, energies and states. A level output makes every input event an E1.
 */
public final class EventExtractor {
  private final PeriodClock clock;
  private final double[] timeS;
  private final double[] outputVolts;
  private final OutputPort output;
  private final List<double[]> states;
  private final double[] crossingsS;
  private final double[] energyJ;
  private final List<double[]> alsoJ;
  private final double[] referenceJ;

  private EventExtractor(Circuit circuit, Waveforms waveforms, PeriodClock clock) {
    this.clock = clock;
    timeS = waveforms.timeS();
    output = circuit.output();
    outputVolts = volts(waveforms, output.node());
    states = circuit.states().stream().map(state -> volts(waveforms, state.node())).toList();
    crossingsS =
        output instanceof OutputPort.Event event
            ? CrossingDetector.rising(timeS, outputVolts, event.riseThrough())
            : new double[0];
    EnergyDefinition energy = circuit.energy();
    energyJ = EnergyIntegrator.delivered(waveforms, Probe.powers(circuit, energy.sources()), clock);
    alsoJ =
        energy.also().values().stream()
            .map(s -> EnergyIntegrator.delivered(waveforms, Probe.powers(circuit, s), clock))
            .toList();
    referenceJ =
        energy.reference().isEmpty()
            ? null
            : EnergyIntegrator.absolute(
                waveforms, Probe.powers(circuit, energy.reference()), clock);
  }

  /**
   * Extracts a run's events in order.
   *
   * @param waveforms from time 0 to the schedule's end
   */
  public static List<GoldenEvent> extract(
      Circuit circuit, InputSchedule schedule, Waveforms waveforms) {
    PeriodClock clock = new PeriodClock(circuit.periodFs(), schedule.periods());
    EventExtractor extractor = new EventExtractor(circuit, waveforms, clock);
    List<GoldenEvent> events = new ArrayList<>();
    schedule.intervals().forEach(interval -> events.add(extractor.event(interval)));
    return events;
  }

  /**
   * Extracts one event.
   *
   * @param interval its place in the run
   * @param waveforms from the interval's start to its end
   */
  public static GoldenEvent extract(
      Circuit circuit, InputSchedule.Interval interval, Waveforms waveforms) {
    PeriodClock clock = new PeriodClock(circuit.periodFs(), interval.step(), interval.periods());
    return new EventExtractor(circuit, waveforms, clock).event(interval);
  }

  private GoldenEvent event(InputSchedule.Interval interval) {
    double startS = clock.startS(interval.step());
    double endS = clock.startS(interval.step() + interval.periods());
    EventKind kind;
    double value;
    double latencyS = Double.NaN;
    if (output instanceof OutputPort.Level level) {
      kind = interval.input() ? EventKind.E1 : EventKind.E3;
      value = Trace.valueAt(timeS, outputVolts, endS);
      if (interval.input()) {
        latencyS =
            CrossingDetector.settlingS(
                timeS,
                outputVolts,
                startS,
                endS,
                level.latency().fraction(),
                level.latency().minSwing());
      }
    } else {
      int first = firstCrossingFrom(startS);
      int count = firstCrossingFrom(endS) - first;
      kind = !interval.input() ? EventKind.E3 : count > 0 ? EventKind.E1 : EventKind.E2;
      value = interval.input() ? Math.min(count, 1) : count;
      if (count > 0) {
        latencyS = crossingsS[first] - startS;
      }
    }
    return new GoldenEvent(
        kind,
        interval,
        statesAt(startS),
        value,
        latencyS,
        sum(energyJ, interval),
        alsoJ.stream().mapToDouble(joules -> sum(joules, interval)).toArray(),
        referenceJ == null ? Double.NaN : sum(referenceJ, interval),
        statesAt(endS));
  }

  private int firstCrossingFrom(double atS) {
    int at = Arrays.binarySearch(crossingsS, atS);
    return at >= 0 ? at : -at - 1;
  }

  private double[] statesAt(double atS) {
    return states.stream().mapToDouble(volts -> Trace.valueAt(timeS, volts, atS)).toArray();
  }

  private double sum(double[] perPeriod, InputSchedule.Interval interval) {
    double sum = 0;
    int first = (int) (interval.step() - clock.first());
    for (int k = first; k < first + interval.periods(); k++) {
      sum += perPeriod[k];
    }
    return sum;
  }

  private static double[] volts(Waveforms waveforms, String node) {
    return Probe.voltage(node).map(waveforms::vector).orElseGet(() -> new double[waveforms.size()]);
  }
}
