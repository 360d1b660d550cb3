package io.understudy.surrogate.circuit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of a plan that takes a first surrogate as its guide: further runs, to be learned from
 * and never to be measured by, whose inputs seek what is hard to predict.
 *
 * @param runs number of runs; overridable on the command line
 * @param seed of all that is drawn; overridable on the command line
 * @param near what inputs are drawn towards, each by its share; the rest is drawn as the plan's
 *     other runs are
 * @param focus a part of the parameters' space in which errors are largest; null for none
 */
public record Refinement(int runs, long seed, List<Near> near, Focus focus) {
  public Refinement {
    if (runs < 1) {
      throw Check.error("characterization.refinement.runs", runs, ">= 1");
    }
    near = Check.list(near);
    if (near.isEmpty()) {
      throw Check.error("characterization.refinement.near", "none", "at least one");
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
