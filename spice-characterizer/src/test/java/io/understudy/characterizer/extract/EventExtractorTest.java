package io.understudy.characterizer.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.characterizer.Circuits;
import io.understudy.characterizer.ngspice.Waveforms;
import io.understudy.characterizer.stimulus.InputSchedule;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.Stimulus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The shipped neuron's definitions on traces made up here. */
class EventExtractorTest {
  private static final Circuit NEURON = Circuits.shipped("lif_neuron").circuit();
  private static final double PERIOD_S = 5e-9;

  @Test
  void tellsSpikesInInputPeriodsFromLateOnes() {
    // Spikes in periods 1 and 3, two late ones in the idle stretch 4 to 6.
    List<GoldenEvent> events = extract(List.of(1L, 2L, 3L, 7L), 8, 1.2, 3.4, 4.5, 6.25);
    assertEquals(
        List.of(EventKind.E3, EventKind.E1, EventKind.E2, EventKind.E1, EventKind.E3, EventKind.E2),
        events.stream().map(GoldenEvent::kind).toList());
    GoldenEvent late = events.get(4);
    assertEquals(4, late.interval().step());
    assertEquals(3, late.interval().periods());
    assertEquals(2, late.output());
    assertEquals(0.5 * PERIOD_S, late.latencyS(), 1e-15);
    assertEquals(0.2 * PERIOD_S, events.get(1).latencyS(), 1e-15);
    assertTrue(Double.isNaN(events.get(0).latencyS()));
    assertEquals(0, events.get(0).output());
  }

  @Test
  void countsAPeriodsSecondSpikeAsTheSameEvent() {
    GoldenEvent event = extract(List.of(0L), 1, 0.2, 0.7).get(0);
    assertEquals(EventKind.E1, event.kind());
    assertEquals(1, event.output());
    assertEquals(0.2 * PERIOD_S, event.latencyS(), 1e-15);
  }

  @Property(tries = 100, seed = "20260101")
  void accountsForEverySpikeAndAllEnergy(
      @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 19) Integer> inputs,
      @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 19) Integer> spikes) {
    List<Long> steps = inputs.stream().distinct().sorted().map(Integer::longValue).toList();
    double[] spikesAt = spikes.stream().distinct().sorted().mapToDouble(s -> s + 0.4).toArray();
    List<GoldenEvent> events = extract(steps, 20, spikesAt);
    assertEquals(spikesAt.length, events.stream().mapToDouble(GoldenEvent::output).sum());
    assertEquals(
        20 * PERIOD_S * 1.5e-6, events.stream().mapToDouble(GoldenEvent::energyJ).sum(), 1e-20);
    long next = 0;
    for (GoldenEvent event : events) {
      assertEquals(next, event.interval().step());
      next += event.interval().periods();
    }
    assertEquals(20, next);
  }

  @Test
  void hasTheStatesAtTheEventsBoundaries() {
    List<GoldenEvent> events = extract(List.of(1L), 3);
    assertEquals(PERIOD_S, events.get(1).statesStart()[0], 1e-18);
    assertEquals(2 * PERIOD_S, events.get(1).statesEnd()[0], 1e-18);
  }

  /**
   * The output spikes as triangles; the first state's volts are the time, the supply draws 1 µA.
   */
  private static List<GoldenEvent> extract(List<Long> inputs, int periods, double... spikesAt) {
    int aPeriod = 100;
    int points = periods * aPeriod + 1;
    double[] timeS = new double[points];
    double[] spike = new double[points];
    for (int i = 0; i < points; i++) {
      double at = (double) i / aPeriod;
      timeS[i] = at * PERIOD_S;
      for (double spikeAt : spikesAt) {
        // Rises through 0.3 V at spikeAt.
        spike[i] += Math.max(0, 0.6 - 10 * Math.abs(at - spikeAt - 0.03));
      }
    }
    Map<String, double[]> vectors = new HashMap<>();
    for (String quiet : List.of("v(v_ca)", "v(v_o1)", "v(v_o2)", "v(vdd)", "v(vrail)")) {
      vectors.put(quiet, new double[points]);
    }
    vectors.put("v(spike_in)", timeS.clone());
    vectors.put("v(v_spk)", spike);
    java.util.Arrays.fill(vectors.get("v(vdd)"), 1.5);
    double[] current = new double[points];
    java.util.Arrays.fill(current, -1e-6);
    vectors.put("i(vsupply_vdd)", current);
    vectors.put("i(vsupply_vrail)", new double[points]);
    List<Stimulus.Row> rows = new ArrayList<>();
    inputs.forEach(step -> rows.add(new Stimulus.Row(step, List.of(1.0))));
    return EventExtractor.extract(
        NEURON, InputSchedule.of(NEURON, rows, periods), new Waveforms(timeS, vectors));
  }
}
