package io.understudy.characterizer.extract;

import io.understudy.characterizer.deck.Probe;
import io.understudy.characterizer.ngspice.Waveforms;
import java.util.List;

/**
 * Integrates power over each period: the trapezoidal rule on the points that ngspice accepted, with
 * linear interpolation at the periods' boundaries.
 */
public final class EnergyIntegrator {
  private EnergyIntegrator() {}

  /** Energy in J that the sources deliver in each period, signed. */
  public static double[] delivered(
      Waveforms waveforms, List<Probe.Power> powers, PeriodClock clock) {
    double[] sum = new double[waveforms.size()];
    for (Probe.Power power : powers) {
      double[] watts = watts(waveforms, power);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += watts[i];
      }
    }
    return integrate(waveforms.timeS(), sum, clock);
  }

  /** The integral of the sum of |v i| over the sources in each period, in J. */
  public static double[] absolute(
      Waveforms waveforms, List<Probe.Power> powers, PeriodClock clock) {
    double[] sum = new double[waveforms.size()];
    for (Probe.Power power : powers) {
      double[] watts = watts(waveforms, power);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += Math.abs(watts[i]);
      }
    }
    return integrate(waveforms.timeS(), sum, clock);
  }

  private static double[] watts(Waveforms waveforms, Probe.Power power) {
    double[] current = waveforms.vector(power.current());
    double[] watts = new double[current.length];
    if (power.plus().isPresent()) {
      double[] volts = waveforms.vector(power.plus().get());
      for (int i = 0; i < watts.length; i++) {
        watts[i] = power.sign() * volts[i] * current[i];
      }
    }
    if (power.minus().isPresent()) {
      double[] volts = waveforms.vector(power.minus().get());
      for (int i = 0; i < watts.length; i++) {
        watts[i] -= power.sign() * volts[i] * current[i];
      }
    }
    return watts;
  }

  /**
   * The integral over each period of a quantity that is linear between its points.
   *
   * @param timeS ascending, covering all periods
   */
  static double[] integrate(double[] timeS, double[] values, PeriodClock clock) {
    double[] integrals = new double[clock.periods()];
    for (int k = 0; k < integrals.length; k++) {
      double endS = clock.startS(clock.first() + k + 1);
      double atS = clock.startS(clock.first() + k);
      double at = Trace.valueAt(timeS, values, atS);
      double sum = 0;
      for (int i = Trace.indexAt(timeS, atS) + 1; i < timeS.length && timeS[i] < endS; i++) {
        sum += 0.5 * (at + values[i]) * (timeS[i] - atS);
        atS = timeS[i];
        at = values[i];
      }
      sum += 0.5 * (at + Trace.valueAt(timeS, values, endS)) * (endS - atS);
      integrals[k] = sum;
    }
    return integrals;
  }
}
