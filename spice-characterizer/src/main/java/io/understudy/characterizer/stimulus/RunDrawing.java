package io.understudy.characterizer.stimulus;

import io.understudy.surrogate.circuit.Characterization;
import io.understudy.surrogate.circuit.Characterization.Draw;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.Parameter;
import io.understudy.surrogate.circuit.Refinement;
import io.understudy.surrogate.event.Stimulus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * Draws runs by a circuit's plan. Run i depends on the seed and i alone, so it is the same however
 * many runs there are and in whatever order they are drawn; with Latin hypercubes it depends on
 * their number too.
 */
public final class RunDrawing {
  private final Circuit circuit;
  private final Characterization plan;
  private final SplittableRandom random;

  /** What the parameters, the mode and the activity come from; empty where from {@code random}. */
  private final PrimitiveIterator.OfDouble point;

  /** Of parameters that are drawn in less than their whole range. */
  private Map<String, Characterization.Range> ranges = Map.of();

  /** Chooses among drawn inputs. */
  interface InputChoice {
    /**
     * The inputs of a period.
     *
     * @param held the inputs before; empty before the first
     * @param drawn draws inputs by kind: a kind of run's ranges of its inputs, null for the run's
     *     own
     */
    List<Double> choose(
        long step, List<Double> held, Function<Map<String, Draw>, List<Double>> drawn);
  }

  /** A run's choice among the inputs drawn for it. */
  @FunctionalInterface
  interface Guide {
    /**
     * @param parameters the run's
     * @param random the run's own stream
     */
    InputChoice of(List<Double> parameters, SplittableRandom random);
  }

  /** Takes inputs as they are drawn first. */
  static final Guide UNGUIDED = (parameters, random) -> (step, held, drawn) -> drawn.apply(null);

  private RunDrawing(Circuit circuit, Characterization plan, long seed, int run, double[] point) {
    this.circuit = circuit;
    this.plan = plan;
    this.point = Arrays.stream(point).iterator();
    this.random = streamOf(seed, run);
  }

  /**
   * A run's own stream of draws. Mixed once more after seed and run have met: states that differ by
   * multiples of SplittableRandom's own step would be one sequence, begun at different places.
   */
  private static SplittableRandom streamOf(long seed, int run) {
    long mixedSeed = new SplittableRandom(seed).nextLong();
    return new SplittableRandom(new SplittableRandom(mixedSeed + run).nextLong());
  }

  /**
   * Draws a run by itself, whatever the plan's sampling is.
   *
   * @param run number of the run, from 0; also the instance's number
   */
  public static Stimulus.Instance draw(Circuit circuit, long seed, int run) {
    return new RunDrawing(circuit, circuit.characterization(), seed, run, new double[0])
        .instance(run, UNGUIDED);
  }

  /**
   * Draws runs by the plan's sampling: from a run's number to the run. A run from {@code runs} on
   * is drawn by itself. Safe for many threads.
   *
   * @param runs number of runs
   */
  public static IntFunction<Stimulus.Instance> of(Circuit circuit, long seed, int runs) {
    int dimensions = circuit.parameterColumns().size() + 2;
    Characterization plan = circuit.characterization();
    UnitPoints points = UnitPoints.of(plan.sampling(), dimensions, seed, runs);
    return run ->
        new RunDrawing(circuit, plan, seed, run, run < runs ? points.point(run) : new double[0])
            .instance(run, UNGUIDED);
  }

  /**
   * Draws a run of a refinement by itself.
   *
   * @param guide has a say in its inputs
   */
  static Stimulus.Instance refined(
      Circuit circuit, Refinement refinement, long seed, int run, Guide guide) {
    Characterization plan = circuit.characterization().refined(refinement);
    Refinement.Focus focus = refinement.focus();
    RunDrawing drawing = new RunDrawing(circuit, plan, seed, run, new double[0]);
    if (focus != null && drawing.random.nextDouble() < focus.share()) {
      drawing.ranges = focus.parameters();
    }
    return drawing.instance(run, guide);
  }

  private Stimulus.Instance instance(int run, Guide guide) {
    List<Double> parameters = new ArrayList<>();
    for (Parameter parameter : circuit.parameters()) {
      for (int k = 0; k < parameter.width(); k++) {
        parameters.add(parameter(parameter));
      }
    }
    Characterization.Mode mode = mode();
    takeEnds(mode, parameters);
    keepDefaults(mode, parameters);
    double activity = within(plan.activity(), unit());
    InputChoice choice = guide.of(parameters, random);
    List<Double> held = List.of();
    List<Stimulus.Row> rows = new ArrayList<>();
    for (int step = plan.firstPeriodIdle() ? 1 : 0; step < plan.periods(); step++) {
      if (random.nextDouble() < activity) {
        List<Double> before = held;
        held =
            choice.choose(
                step, before, kind -> change(kind == null ? mode.inputs() : kind, before));
        rows.add(new Stimulus.Row(step, held));
      }
    }
    return new Stimulus.Instance(run, parameters, rows);
  }

  private double parameter(Parameter parameter) {
    if (parameter.values().isEmpty()) {
      Characterization.Range range =
          ranges.getOrDefault(
              parameter.name(), new Characterization.Range(parameter.min(), parameter.max()));
      return rounded(within(range, unit()), parameter.min(), parameter.max());
    }
    int count = parameter.values().size();
    return parameter.values().get(point.hasNext() ? (int) (unit() * count) : random.nextInt(count));
  }

  /** Sets elements to the largest or the smallest of their values, as the mode says. */
  private void takeEnds(Characterization.Mode mode, List<Double> parameters) {
    byShares(
        mode.largest(),
        (parameter, k, isChosen) -> {
          List<Double> values = parameter.values();
          parameters.set(k, isChosen ? Collections.max(values) : Collections.min(values));
        });
  }

  /** Sets as many elements to their defaults as the mode says. */
  private void keepDefaults(Characterization.Mode mode, List<Double> parameters) {
    byShares(
        mode.defaults(),
        (parameter, k, isChosen) -> {
          if (isChosen) {
            parameters.set(k, parameter.defaultValue());
          }
        });
  }

  /** What becomes of an element of a parameter that is chosen, or not. */
  private interface Choosing {
    /**
     * @param k the element's place among all parameters' elements
     */
    void element(Parameter parameter, int k, boolean isChosen);
  }

  /** Chooses among the elements of the parameters named, of each a share within its range. */
  private void byShares(Map<String, Characterization.Range> shares, Choosing choosing) {
    int at = 0;
    for (Parameter parameter : circuit.parameters()) {
      Characterization.Range range = shares.get(parameter.name());
      if (range != null) {
        double share = within(range, random.nextDouble());
        for (int k = at; k < at + parameter.width(); k++) {
          choosing.element(parameter, k, random.nextDouble() < share);
        }
      }
      at += parameter.width();
    }
  }

  private static double within(Characterization.Range range, double unit) {
    return range.min() + (range.max() - range.min()) * unit;
  }

  /** From 0 to below 1, for what is drawn once a run. */
  private double unit() {
    return point.hasNext() ? point.nextDouble() : random.nextDouble();
  }

  private Characterization.Mode mode() {
    Characterization.Mode mode = byShare(unit(), plan.modes(), Characterization.Mode::share);
    return mode == null ? plan.modes().get(plan.modes().size() - 1) : mode;
  }

  /** The kind of a change; null draws all elements anew. */
  private Characterization.Change kindOfChange() {
    return byShare(random.nextDouble(), plan.changes(), Characterization.Change::share);
  }

  /**
   * The kind that a draw falls on.
   *
   * @param drawn from 0 to below 1
   * @return null where the shares do not reach so far
   */
  static <T> T byShare(double drawn, List<T> kinds, ToDoubleFunction<T> share) {
    double at = drawn;
    for (T kind : kinds) {
      at -= share.applyAsDouble(kind);
      if (at < 0) {
        return kind;
      }
    }
    return null;
  }

  private List<Double> change(Map<String, Draw> draws, List<Double> held) {
    Characterization.Change kind = kindOfChange();
    List<Double> values = new ArrayList<>();
    for (InputPort input : circuit.inputs()) {
      Draw draw = draws.get(input.name());
      double upper =
          draw == null || draw.upper() == null
              ? Double.NaN
              : within(draw.upper(), random.nextDouble());
      for (int k = 0; k < input.width(); k++) {
        double before = held.isEmpty() ? input.initial() : held.get(values.size());
        boolean keeps =
            kind != null && kind.fraction() != null && random.nextDouble() >= kind.fraction();
        values.add(keeps ? before : element(input, draw, upper, kind != null && kind.rails()));
      }
    }
    return values;
  }

  /**
   * Draws an element.
   *
   * @param upper likelihood of the upper of two levels; NaN where all levels are alike
   */
  private double element(InputPort input, Draw draw, double upper, boolean rails) {
    if (rails) {
      return random.nextBoolean() ? input.max() : input.min();
    }
    if (draw == null) {
      return uniform(input.min(), input.max());
    }
    if (draw.levels() == null) {
      return uniform(draw.min(), draw.max());
    }
    if (!Double.isNaN(upper)) {
      return random.nextDouble() < upper ? draw.max() : draw.min();
    }
    int level = random.nextInt(draw.levels());
    double value = draw.min() + (draw.max() - draw.min()) * level / (draw.levels() - 1);
    return rounded(value, draw.min(), draw.max());
  }

  private double between(double min, double max) {
    return min + (max - min) * random.nextDouble();
  }

  private double uniform(double min, double max) {
    return rounded(between(min, max), min, max);
  }

  /** Rounded to a millionth of the range's order of magnitude: short in decks and tables. */
  private static double rounded(double value, double min, double max) {
    int scale = 6 - (int) Math.floor(Math.log10(max - min));
    double rounded = new BigDecimal(value).setScale(scale, RoundingMode.HALF_EVEN).doubleValue();
    return Math.max(min, Math.min(max, rounded));
  }
}
