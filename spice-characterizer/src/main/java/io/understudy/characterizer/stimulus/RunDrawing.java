package io.understudy.characterizer.stimulus;

import io.understudy.surrogate.circuit.Characterization;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.circuit.Parameter;
import io.understudy.surrogate.event.Stimulus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws runs by a circuit's plan. Run i depends on the seed and i alone, so it is the same however
 * many runs there are and in whatever order they are drawn.
 */
public final class RunDrawing {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final Circuit circuit;
  private final Characterization plan;
  private final SplittableRandom random;

  private RunDrawing(Circuit circuit, long seed, int run) {
    this.circuit = circuit;
    this.plan = circuit.characterization();
    // Mixed twice, so that neither neighbouring seeds nor neighbouring runs share their streams.
    this.random = new SplittableRandom(new SplittableRandom(seed).nextLong() + run * GOLDEN_GAMMA);
  }

  /**
   * Draws a run.
   *
   * @param run number of the run, from 0; also the instance's number
   */
  public static Stimulus.Instance draw(Circuit circuit, long seed, int run) {
    return new RunDrawing(circuit, seed, run).instance(run);
  }

  private Stimulus.Instance instance(int run) {
    List<Double> parameters = new ArrayList<>();
    for (Parameter parameter : circuit.parameters()) {
      for (int k = 0; k < parameter.width(); k++) {
        parameters.add(parameter(parameter));
      }
    }
    Characterization.Mode mode = mode();
    double activity = between(plan.activity().min(), plan.activity().max());
    List<Double> held = new ArrayList<>();
    List<Stimulus.Row> rows = new ArrayList<>();
    for (int step = plan.firstPeriodIdle() ? 1 : 0; step < plan.periods(); step++) {
      if (random.nextDouble() < activity) {
        held = change(mode, held);
        rows.add(new Stimulus.Row(step, held));
      }
    }
    return new Stimulus.Instance(run, parameters, rows);
  }

  private double parameter(Parameter parameter) {
    return parameter.values().isEmpty()
        ? uniform(parameter.min(), parameter.max())
        : parameter.values().get(random.nextInt(parameter.values().size()));
  }

  private Characterization.Mode mode() {
    double at = random.nextDouble();
    for (Characterization.Mode mode : plan.modes()) {
      at -= mode.share();
      if (at < 0) {
        return mode;
      }
    }
    return plan.modes().get(plan.modes().size() - 1);
  }

  /** The kind of a change; null draws all elements anew. */
  private Characterization.Change kindOfChange() {
    double at = random.nextDouble();
    for (Characterization.Change change : plan.changes()) {
      at -= change.share();
      if (at < 0) {
        return change;
      }
    }
    return null;
  }

  private List<Double> change(Characterization.Mode mode, List<Double> held) {
    Characterization.Change kind = kindOfChange();
    List<Double> values = new ArrayList<>();
    for (InputPort input : circuit.inputs()) {
      for (int k = 0; k < input.width(); k++) {
        double before = held.isEmpty() ? input.initial() : held.get(values.size());
        boolean keeps =
            kind != null && kind.fraction() != null && random.nextDouble() >= kind.fraction();
        values.add(keeps ? before : element(input, mode, kind != null && kind.rails()));
      }
    }
    return values;
  }

  private double element(InputPort input, Characterization.Mode mode, boolean rails) {
    if (rails) {
      return random.nextBoolean() ? input.max() : input.min();
    }
    Characterization.Draw draw = mode.inputs().get(input.name());
    if (draw == null) {
      return uniform(input.min(), input.max());
    }
    if (draw.levels() == null) {
      return uniform(draw.min(), draw.max());
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
