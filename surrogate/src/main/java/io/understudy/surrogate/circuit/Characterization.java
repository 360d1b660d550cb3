package io.understudy.surrogate.circuit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The plan by which runs are drawn.
 *
 * @param seed of all that is drawn; overridable on the command line
 * @param runs number of runs; overridable on the command line
 * @param periods length of a run
 * @param ngspice the simulator's accuracy
 * @param firstPeriodIdle true when the first period carries no input
 * @param activity share of the periods with an input, drawn anew a run when it is a range
 * @param modes kinds of runs, drawn a run by share
 * @param changes kinds of changes of a held vector input, drawn a change by share; the rest draws
 *     all elements anew
 */
public record Characterization(
    long seed,
    int runs,
    int periods,
    Accuracy ngspice,
    @JsonProperty("first_period_idle") boolean firstPeriodIdle,
    Range activity,
    List<Mode> modes,
    List<Change> changes) {
  public Characterization {
    if (runs < 1 || periods < 1) {
      throw Check.error(
          "characterization", runs + " runs of " + periods + " periods", "at least 1 of each");
    }
    Check.present("characterization.ngspice", ngspice);
    Check.present("characterization.activity", activity);
    Check.share("characterization.activity", activity.min());
    Check.share("characterization.activity", activity.max());
    modes = Check.list(modes);
    if (modes.isEmpty()) {
      throw Check.error("characterization.modes", "none", "at least one");
    }
    double shares = modes.stream().mapToDouble(Mode::share).sum();
    if (Math.abs(shares - 1) > 1e-9) {
      throw Check.error("characterization.modes", "shares that add up to " + shares, "1");
    }
    changes = Check.list(changes);
    if (changes.stream().mapToDouble(Change::share).sum() > 1) {
      throw Check.error(
          "characterization.changes", "shares that add up to more than 1", "at most 1");
    }
  }

  /**
   * ngspice's accuracy.
   *
   * @param reltol relative tolerance
   * @param maxStepS largest time step in s
   * @param method integration: trap or gear
   */
  public record Accuracy(
      double reltol, @JsonProperty("max_step_s") double maxStepS, String method) {
    public Accuracy {
      Check.positive("characterization.ngspice.reltol", reltol);
      Check.positive("characterization.ngspice.max_step_s", maxStepS);
      method = method == null ? "trap" : method;
      if (!method.equals("trap") && !method.equals("gear")) {
        throw Check.error("characterization.ngspice.method", method, "trap or gear");
      }
    }
  }

  /** A uniform range, or a constant when min = max. */
  public record Range(double min, double max) {
    @JsonCreator
    public static Range of(double value) {
      return new Range(value, value);
    }

    @JsonCreator
    public static Range of(@JsonProperty("min") Double min, @JsonProperty("max") Double max) {
      Check.finite("min", min);
      Check.finite("max", max);
      if (min > max) {
        throw Check.error("range", "[" + min + ", " + max + "]", "min <= max");
      }
      return new Range(min, max);
    }
  }

  /**
   * A kind of run.
   *
   * @param share of the runs
   * @param inputs how each input port's values are drawn; ports not named are uniform in their
   *     whole range
   */
  public record Mode(double share, Map<String, Draw> inputs) {
    public Mode {
      Check.share("characterization.modes.share", share);
      inputs = inputs == null ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    }
  }

  /**
   * Uniform in [min, max], or on so many evenly spaced levels from min to max.
   *
   * @param levels number of levels; null for continuous
   */
  public record Draw(double min, double max, Integer levels) {
    public Draw {
      Check.range("characterization.modes.inputs", min, max);
      if (levels != null && levels < 2) {
        throw Check.error("characterization.modes.inputs.levels", levels, ">= 2");
      }
    }
  }

  /**
   * A kind of change of a held vector input.
   *
   * @param share of the changes
   * @param rails true: each element goes to its min or max
   * @param fraction only about this fraction of the elements changes; null for all
   */
  public record Change(double share, boolean rails, Double fraction) {
    public Change {
      Check.share("characterization.changes.share", share);
      if (fraction != null) {
        Check.share("characterization.changes.fraction", fraction);
      }
    }
  }
}
