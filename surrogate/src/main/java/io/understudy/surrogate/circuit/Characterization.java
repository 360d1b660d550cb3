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
 * @param check how ngspice's own accuracy is measured; null when it is not
 * @param sampling how parameters, modes and activities are spread over the runs
 * @param firstPeriodIdle true when the first period carries no input
 * @param activity share of the periods with an input, drawn anew a run when it is a range
 * @param modes kinds of runs, drawn a run by share
 * @param changes kinds of changes of a held vector input, drawn a change by share; the rest draws
 *     all elements anew
 * @param refinement further runs guided by a first surrogate; null for none
 */
public record Characterization(
    long seed,
    int runs,
    int periods,
    Accuracy ngspice,
    AccuracyCheck check,
    Sampling sampling,
    @JsonProperty("first_period_idle") boolean firstPeriodIdle,
    Range activity,
    List<Mode> modes,
    List<Change> changes,
    Refinement refinement) {
  public Characterization {
    if (runs < 1 || periods < 1) {
      throw Check.error(
          "characterization", runs + " runs of " + periods + " periods", "at least 1 of each");
    }
    Check.present("characterization.ngspice", ngspice);
    sampling = sampling == null ? Sampling.UNIFORM : sampling;
    if (check != null && !check.isTighterThan(ngspice)) {
      throw Check.error(
          "characterization.check",
          "reltol " + check.reltol() + ", max_step_s " + check.maxStepS(),
          "tighter than ngspice's " + ngspice.reltol() + " and " + ngspice.maxStepS());
    }
    Check.present("characterization.activity", activity);
    Check.shares("characterization.activity", activity);
    modes = Check.list(modes);
    if (modes.isEmpty()) {
      throw Check.error("characterization.modes", "none", "at least one");
    }
    checkShares("characterization.modes", modes);
    changes = Check.list(changes);
    if (changes.stream().mapToDouble(Change::share).sum() > 1) {
      throw Check.error(
          "characterization.changes", "shares that add up to more than 1", "at most 1");
    }
  }

  static void checkShares(String key, List<Mode> modes) {
    double shares = modes.stream().mapToDouble(Mode::share).sum();
    if (Math.abs(shares - 1) > 1e-9) {
      throw Check.error(key, "shares that add up to " + shares, "1");
    }
  }

  /** The plan by which the runs of a refinement are drawn, but for what they seek. */
  public Characterization refined(Refinement by) {
    return new Characterization(
        seed,
        runs,
        by.periods() == null ? periods : by.periods(),
        ngspice,
        check,
        sampling,
        firstPeriodIdle,
        by.activity() == null ? activity : by.activity(),
        by.modes().isEmpty() ? modes : by.modes(),
        changes,
        by);
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

  /**
   * How ngspice's own accuracy is measured: some runs once more, at tighter tolerances.
   *
   * @param runs number of runs; overridable on the command line
   * @param reltol relative tolerance
   * @param maxStepS largest time step in s
   */
  public record AccuracyCheck(
      int runs, double reltol, @JsonProperty("max_step_s") double maxStepS) {
    public AccuracyCheck {
      if (runs < 1) {
        throw Check.error("characterization.check.runs", runs, ">= 1");
      }
      Check.positive("characterization.check.reltol", reltol);
      Check.positive("characterization.check.max_step_s", maxStepS);
    }

    /** The same integration, tighter. */
    public Accuracy tightened(Accuracy ngspice) {
      return new Accuracy(reltol, maxStepS, ngspice.method());
    }

    private boolean isTighterThan(Accuracy ngspice) {
      return reltol <= ngspice.reltol()
          && maxStepS <= ngspice.maxStepS()
          && (reltol < ngspice.reltol() || maxStepS < ngspice.maxStepS());
    }
  }

  /** How the draws that are made once a run are spread over the runs. */
  public enum Sampling {
    /** Each by itself. */
    @JsonProperty("uniform")
    UNIFORM,
    /** In each dimension one run in each of as many equal parts as there are runs. */
    @JsonProperty("latin_hypercube")
    LATIN_HYPERCUBE,
    /** By Sobol's sequence: even in all dimensions together, for any number of runs. */
    @JsonProperty("sobol")
    SOBOL
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
   * @param defaults of a parameter's elements the share that keeps the default, drawn anew a run;
   *     the others, and parameters not named, are drawn as ever
   * @param largest of a parameter's elements the share that takes the largest of its values, where
   *     all others take the smallest, drawn anew a run; what keeps the default does so first
   */
  public record Mode(
      double share,
      Map<String, Draw> inputs,
      Map<String, Range> defaults,
      Map<String, Range> largest) {
    public Mode {
      Check.share("characterization.modes.share", share);
      inputs = inputs == null ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
      defaults = shares("defaults", defaults);
      largest = shares("largest", largest);
    }

    private static Map<String, Range> shares(String key, Map<String, Range> shares) {
      if (shares == null) {
        return Map.of();
      }
      shares.forEach(
          (name, range) -> Check.shares("characterization.modes." + key + "." + name, range));
      return Collections.unmodifiableSortedMap(new TreeMap<>(shares));
    }

    /** Part of the plan's identity: what a mode does not say reads as before it could be said. */
    @Override
    public String toString() {
      return ("Mode[share=" + share + ", inputs=" + inputs)
          + (defaults.isEmpty() ? "" : ", defaults=" + defaults)
          + (largest.isEmpty() ? "" : ", largest=" + largest)
          + "]";
    }
  }

  /**
   * Uniform in [min, max], or on so many evenly spaced levels from min to max.
   *
   * @param levels number of levels; null for continuous
   * @param upper of a vector's elements the share on the upper one of two levels, drawn anew a
   *     change; null where each level is as likely as any other
   */
  public record Draw(double min, double max, Integer levels, Range upper) {
    public Draw {
      Check.range("characterization.modes.inputs", min, max);
      if (levels != null && levels < 2) {
        throw Check.error("characterization.modes.inputs.levels", levels, ">= 2");
      }
      if (upper != null) {
        if (levels == null || levels != 2) {
          throw Check.error("characterization.modes.inputs.levels", levels, "2, as there is upper");
        }
        Check.shares("characterization.modes.inputs.upper", upper);
      }
    }

    /** Part of the plan's identity: a draw without upper reads as before there was one. */
    @Override
    public String toString() {
      String known = "Draw[min=" + min + ", max=" + max + ", levels=" + levels;
      return known + (upper == null ? "]" : ", upper=" + upper + "]");
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
