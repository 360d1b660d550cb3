package io.understudy.characterizer.extract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.characterizer.deck.Probe;
import io.understudy.characterizer.ngspice.Waveforms;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EnergyIntegratorTest {
  private static final long PERIOD_FS = 1_000_000;

  @Test
  void interpolatesAtTheBoundariesOfAPeriod() {
    double[] timeS = {0, 0.5e-9, 1.5e-9, 2e-9};
    double[] watts = {0, 1, 3, 3};
    assertArrayEquals(
        new double[] {0.25e-9 + 0.75e-9, 1.25e-9 + 1.5e-9},
        EnergyIntegrator.integrate(timeS, watts, new PeriodClock(PERIOD_FS, 2)),
        1e-21);
  }

  @Property(tries = 200, seed = "20260101")
  void agreesWithTheAntiderivativeOfALineWhateverThePoints(@ForAll long seed) {
    Random random = new Random(seed);
    double[] inner = random.doubles(50, 0, 5e-9).sorted().toArray();
    double[] timeS = new double[52];
    System.arraycopy(inner, 0, timeS, 1, 50);
    timeS[51] = 5e-9;
    double slope = random.nextDouble() - 0.5;
    double[] watts = Arrays.stream(timeS).map(t -> 1 + slope * t * 1e9).toArray();
    double[] joules = EnergyIntegrator.integrate(timeS, watts, new PeriodClock(PERIOD_FS, 5));
    for (int k = 0; k < 5; k++) {
      assertEquals((1 + slope * (k + 0.5)) * 1e-9, joules[k], 1e-20);
    }
  }

  @Test
  void countsWhatASourceDeliversAsPositive() {
    Waveforms waveforms =
        new Waveforms(
            new double[] {0, 1e-9},
            Map.of(
                "v(vdd)", new double[] {1.5, 1.5},
                "v(in)", new double[] {0.5, 0.5},
                "i(vdd)", new double[] {-2e-6, -2e-6},
                "i(@i1[current])", new double[] {1e-6, 1e-6}));
    PeriodClock clock = new PeriodClock(PERIOD_FS, 1);
    Probe.Power supply = new Probe.Power(Optional.of("v(vdd)"), Optional.empty(), "i(vdd)", -1);
    Probe.Power input =
        new Probe.Power(Optional.of("v(in)"), Optional.of("v(vdd)"), "i(@i1[current])", 1);
    assertEquals(3e-15, EnergyIntegrator.delivered(waveforms, List.of(supply), clock)[0], 1e-24);
    assertEquals(-1e-15, EnergyIntegrator.delivered(waveforms, List.of(input), clock)[0], 1e-24);
    assertEquals(
        2e-15, EnergyIntegrator.delivered(waveforms, List.of(supply, input), clock)[0], 1e-24);
    assertEquals(
        4e-15, EnergyIntegrator.absolute(waveforms, List.of(supply, input), clock)[0], 1e-24);
  }
}
