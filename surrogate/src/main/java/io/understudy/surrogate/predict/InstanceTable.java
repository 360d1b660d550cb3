package io.understudy.surrogate.predict;

import io.understudy.surrogate.feature.FeatureContext;
import io.understudy.surrogate.feature.FeatureProgram;
import java.util.Arrays;

/** What never changes in a bank: its instances' parameters and the constants that follow. */
final class InstanceTable {
  final double[] parameters;
  final int parameterCount;
  final double[] constants;
  final int constantCount;

  /** Index of the first parameter outside, of each instance; null where all are inside. */
  private int[] parametersOutside;

  /**
   * Computes the constants, and the states from which the instances start.
   *
   * @param values the parameter values of each instance
   */
  InstanceTable(Surrogate surrogate, double[][] values, BankState state) {
    FeatureProgram program = surrogate.program;
    int instances = values.length;
    this.parameterCount = surrogate.folder().circuit().parameterColumns().size();
    this.constantCount = program.constants();
    this.parameters = new double[instances * parameterCount];
    this.constants = new double[instances * constantCount];
    FeatureContext x = new FeatureContext();
    x.parameters = parameters;
    x.constants = constants;
    x.states = state.states;
    double[] initial = new double[state.stateCount];
    for (int i = 0; i < instances; i++) {
      System.arraycopy(values[i], 0, parameters, i * parameterCount, parameterCount);
      x.parametersAt = i * parameterCount;
      x.constantsAt = i * constantCount;
      x.statesAt = state.statesAt(i);
      program.instance(x);
      program.evaluate(Surrogate.INITIAL_GROUP, x, initial);
      System.arraycopy(initial, 0, state.states, state.statesAt(i), state.stateCount);
      look(surrogate.external.parameters(), i, instances);
    }
  }

  private void look(TrainedRange range, int instance, int instances) {
    int first = range.firstOutside(parameters, instance * parameterCount, instance);
    if (first != TrainedRange.NONE) {
      if (parametersOutside == null) {
        parametersOutside = new int[instances];
        Arrays.fill(parametersOutside, TrainedRange.NONE);
      }
      parametersOutside[instance] = first;
    }
  }

  /** Index of an instance's first parameter outside what training saw. */
  int outside(int instance) {
    return parametersOutside == null ? TrainedRange.NONE : parametersOutside[instance];
  }
}
