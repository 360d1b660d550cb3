package io.understudy.characterizer.stimulus;

import io.understudy.surrogate.circuit.Characterization.Draw;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.Refinement;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.event.Stimulus;
import io.understudy.surrogate.feature.FeatureContext;
import io.understudy.surrogate.feature.FeatureGroup;
import io.understudy.surrogate.feature.FeatureGroup.Visible;
import io.understudy.surrogate.feature.FeatureProgram;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.predict.SurrogateBank;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Draws the runs of a plan's refinement. Where it seeks something, a surrogate plays along in
 * closed loop, and inputs are chosen by what it believes the circuit's states to be.
 */
public final class RefinedDrawing {
  private RefinedDrawing() {}

  /**
   * From a run's number to the run, which depends on the seed, its number and the surrogate. Safe
   * for many threads.
   *
   * @throws io.understudy.surrogate.circuit.CircuitException naming a feature that cannot be
   *     computed when an input is chosen
   */
  public static IntFunction<Stimulus.Instance> of(
      Surrogate surrogate, Refinement refinement, long seed) {
    Circuit circuit = surrogate.folder().circuit();
    if (refinement.near().isEmpty()) {
      return run -> RunDrawing.refined(circuit, refinement, seed, run, RunDrawing.UNGUIDED);
    }
    List<FeatureGroup> groups =
        IntStream.range(0, refinement.near().size())
            .mapToObj(
                k ->
                    new FeatureGroup(
                        "characterization.refinement.near",
                        List.of(refinement.near().get(k).feature()),
                        Set.of(Visible.INPUTS),
                        0))
            .toList();
    FeatureProgram program =
        FeatureProgram.compile(circuit, surrogate.source().manifest().fits(), groups);
    return run ->
        RunDrawing.refined(
            circuit,
            refinement,
            seed,
            run,
            (parameters, random) ->
                new Seeking(surrogate, refinement, program, parameters, random));
  }

  /** One run's choice of inputs. */
  private static final class Seeking implements RunDrawing.InputChoice {
    private final Refinement refinement;
    private final FeatureProgram program;
    private final SplittableRandom random;
    private final FeatureContext context = new FeatureContext();
    private final double[] feature = new double[1];
    private final Circuit circuit;
    private final SurrogateBank bank;
    private final StepRows rows;

    Seeking(
        Surrogate surrogate,
        Refinement refinement,
        FeatureProgram program,
        List<Double> parameters,
        SplittableRandom random) {
      this.refinement = refinement;
      this.program = program;
      this.random = random;
      this.circuit = surrogate.folder().circuit();
      double[] values = parameters.stream().mapToDouble(Double::doubleValue).toArray();
      context.parameters = values;
      context.constants = new double[program.constants()];
      program.instance(context);
      this.bank =
          surrogate.open(
              new double[][] {values},
              (instance, step, kind, periods, output, energyJ, latencyS, states) ->
                  context.states = states.clone());
      this.rows = new StepRows(circuit.inputColumns().size(), circuit.hasSharedInputs());
      rows.reserveRows(1);
    }

    @Override
    public List<Double> choose(
        long step, List<Double> held, Function<Map<String, Draw>, List<Double>> drawn) {
      // Ends an idle stretch, so that the states are those at this period's start.
      bank.close(step);
      Refinement.Near near =
          RunDrawing.byShare(random.nextDouble(), refinement.near(), Refinement.Near::share);
      // Before the first event there are no states to go by.
      List<Double> chosen =
          near == null || context.states == null ? drawn.apply(null) : nearest(near, held, drawn);
      rows.rows = 1;
      for (int k = 0; k < chosen.size(); k++) {
        rows.inputs[k] = chosen.get(k);
      }
      bank.step(step, rows);
      return chosen;
    }

    private List<Double> nearest(
        Refinement.Near near, List<Double> held, Function<Map<String, Draw>, List<Double>> drawn) {
      double target = near.at() + near.spread() * random.nextGaussian();
      context.previous =
          held.isEmpty()
              ? circuit.inputs().stream()
                  .flatMap(
                      port -> java.util.Collections.nCopies(port.width(), port.initial()).stream())
                  .mapToDouble(Double::doubleValue)
                  .toArray()
              : held.stream().mapToDouble(Double::doubleValue).toArray();
      int group = refinement.near().indexOf(near);
      List<Double> best = null;
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < near.candidates(); k++) {
        List<Double> candidate = drawn.apply(near.inputs());
        context.inputs = candidate.stream().mapToDouble(Double::doubleValue).toArray();
        program.evaluate(group, context, feature);
        double distance = Math.abs(feature[0] - target);
        if (best == null || distance < least) {
          best = candidate;
          least = distance;
        }
      }
      return best;
    }
  }
}
