package io.understudy.surrogate.circuit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Further runs, to be learned from and never to be measured by: of other kinds than the plan's, or
 * with a first surrogate as their guide, their inputs seeking what is hard to predict.
 *
 * @param runs number of runs; overridable on the command line
 * @param seed of all that is drawn; overridable on the command line
 * @param periods length of a run; null for the plan's. Many short runs see more parameters and more
 *     changes from the circuit's rest, which only a run's first input is.
 * @param activity share of the periods with an input; null for the plan's
 * @param modes kinds of runs, drawn a run by share; empty for the plan's
 * @param near what inputs are drawn towards, each by its share; the rest is drawn by the run's
 *     mode; empty where the modes say all
 * @param focus a part of the parameters' space in which errors are largest; null for none
 */
public record Refinement(
    int runs,
    long seed,
    Integer periods,
    Characterization.Range activity,
    List<Characterization.Mode> modes,
    List<Near> near,
    Focus focus) {
  public Refinement {
    if (runs < 1) {
      throw Check.error("characterization.refinement.runs", runs, ">= 1");
    }
    if (periods != null && periods < 1) {
      throw Check.error("characterization.refinement.periods", periods, ">= 1");
    }
    near = Check.list(near);
    modes = Check.list(modes);
    if (near.isEmpty() && modes.isEmpty()) {
      throw Check.error("characterization.refinement.near", "none", "at least one, or modes");
    }
    if (!modes.isEmpty()) {
      Characterization.checkShares("characterization.refinement.modes", modes);
    }
    if (activity != null) {
      Check.shares("characterization.refinement.activity", activity);
    }
    double shares = near.stream().mapToDouble(Near::share).sum();
    if (shares > 1) {
      throw Check.error(
          "characterization.refinement.near", "shares that add up to " + shares, "at most 1");
    }
  }

  /**
   * A part of the parameters' space.
   *
   * @param share of the runs that lie in it
   * @param parameters narrower ranges, by parameter; the others keep their own
   */
  public record Focus(double share, Map<String, Characterization.Range> parameters) {
    public Focus {
      Check.share("characterization.refinement.focus.share", share);
      parameters =
          parameters == null
              ? Map.of()
              : Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }
  }

  /**
   * A neighbourhood: of so many inputs drawn, the one is taken that brings a feature, seen from the
   * surrogate's own states, closest to a value drawn from a normal distribution.
   *
   * @param feature a feature or an expression over inputs, states and parameters
   * @param at mean of the distribution, in the feature's unit
   * @param spread standard deviation of the distribution
   * @param share of the inputs
   * @param candidates number of inputs drawn
   * @param inputs how they are drawn, as in a mode; null for as the run's own mode says
   */
  public record Near(
      String feature,
      double at,
      double spread,
      double share,
      Integer candidates,
      Map<String, Characterization.Draw> inputs) {
    public Near {
      Check.present("characterization.refinement.near.feature", feature);
      Check.finite("characterization.refinement.near.at", at);
      Check.positive("characterization.refinement.near.spread", spread);
      Check.share("characterization.refinement.near.share", share);
      candidates = candidates == null ? 32 : candidates;
      if (candidates < 2) {
        throw Check.error("characterization.refinement.near.candidates", candidates, ">= 2");
      }
      inputs = inputs == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    }
  }
}
