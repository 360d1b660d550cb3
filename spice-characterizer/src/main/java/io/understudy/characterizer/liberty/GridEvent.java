package io.understudy.characterizer.liberty;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.predict.PredictorPlan;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.predict.SurrogateBank;

/**
 * What a surrogate says of one event of an instance of its own.
 *
 * @param kind E1, E2, or E3 where the input does not change what is held
 * @param rises whether the output is higher than before: it happens, or the level is
 * @param latencyS in s; NaN where there is none
 * @param energyJ of the event's period in J
 * @param outside whether a quantity lies outside what training saw
 */
record GridEvent(EventKind kind, boolean rises, double latencyS, double energyJ, boolean outside) {
  /**
   * Periods for which the levels before an event are held, so that all has settled; more than
   * training has often seen would be a guess.
   */
  private static final int SETTLING = 4;

  /**
   * Evaluates.
   *
   * @param conditions what the event meets
   */
  static GridEvent of(Surrogate surrogate, Conditions conditions) {
    return new Bench(surrogate, conditions).event();
  }

  /**
   * Power at rest in W: the mean over an idle stretch from the initial state.
   *
   * @param periods its length
   */
  static double restW(Surrogate surrogate, Conditions conditions, int periods) {
    return new Bench(surrogate, conditions).restJ(periods)
        / periods
        / surrogate.folder().circuit().clock().periodS();
  }

  /** An instance alone. */
  private static final class Bench {
    private final Circuit circuit;
    private final Conditions conditions;
    private final SurrogateBank bank;
    private final StepRows rows;
    private final double[] states;
    private final int outputState;
    private EventKind kind;
    private double output;
    private double latencyS;
    private double energyJ;

    Bench(Surrogate surrogate, Conditions conditions) {
      this.circuit = surrogate.folder().circuit();
      this.conditions = conditions;
      this.states = new double[circuit.states().size()];
      int alias = -1;
      for (int k = 0; k < states.length; k++) {
        alias = PredictorPlan.isOutput(circuit, circuit.states().get(k)) ? k : alias;
      }
      this.outputState = alias;
      this.rows = new StepRows(conditions.inputs().length, circuit.hasSharedInputs());
      rows.reserveRows(1);
      this.bank =
          surrogate.open(
              new double[][] {conditions.parameters()},
              (instance, step, of, periods, value, eventJ, latency, ends) -> {
                kind = of;
                output = value;
                energyJ = eventJ;
                latencyS = latency;
                System.arraycopy(ends, 0, states, 0, ends.length);
              });
    }

    GridEvent event() {
      int period = 0;
      if (circuit.hasHeldInputs()) {
        step(0, conditions.previous());
        period = SETTLING;
        bank.close(period);
      }
      if (conditions.state() >= 0) {
        if (!circuit.hasHeldInputs()) {
          initialStates();
        }
        states[conditions.state()] = conditions.stateValue();
        bank.setStates(0, states);
      }
      double before =
          circuit.hasEventOutput() ? 0 : outputState >= 0 ? states[outputState] : output;
      long outsideBefore = bank.totals().outside;
      step(period, conditions.inputs());
      bank.close(period + 1L);
      return new GridEvent(
          kind,
          kind != EventKind.E3 && output > before,
          latencyS,
          energyJ,
          bank.totals().outside > outsideBefore);
    }

    double restJ(int periods) {
      bank.close(periods);
      return energyJ;
    }

    private void initialStates() {
      System.arraycopy(bank.states(0), 0, states, 0, states.length);
    }

    private void step(long period, double[] inputs) {
      System.arraycopy(inputs, 0, rows.inputs, 0, inputs.length);
      rows.rows = 1;
      rows.instance[0] = 0;
      bank.step(period, rows);
    }
  }
}
