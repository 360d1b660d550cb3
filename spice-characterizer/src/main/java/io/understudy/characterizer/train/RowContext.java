package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.feature.FeatureContext;
import io.understudy.surrogate.feature.FeatureProgram;

/** Puts a dataset's rows before a feature program, as serving would put the same events. */
final class RowContext {
  private final FeatureProgram program;
  private final EventTable.Columns columns;
  private final FeatureContext context = new FeatureContext();
  private int run = -1;

  /**
   * @param columns where the rows' values lie
   */
  RowContext(FeatureProgram program, EventTable.Columns columns) {
    this.program = program;
    this.columns = columns;
    context.constants = new double[program.constants()];
  }

  /**
   * Computes a group's features.
   *
   * @param states at the event's start in V
   * @param latencyS that the event shows
   * @param into receives them from index 0
   */
  void evaluate(int group, DatasetRow row, double[] states, double latencyS, double[] into) {
    double[] values = row.values();
    context.inputs = values;
    context.inputsAt = columns.inputs();
    context.previous = values;
    // In an idle stretch serving shows the held inputs as those before it, too.
    context.previousAt = row.kind() == EventKind.E3 ? columns.inputs() : columns.previous();
    context.parameters = values;
    context.parametersAt = columns.parameters();
    context.states = states;
    context.statesAt = 0;
    context.next = values;
    context.nextAt = columns.ends();
    context.periods = row.periods();
    context.output = values[columns.output()];
    context.latency = latencyS;
    if (row.run() != run) {
      run = row.run();
      program.instance(context);
    }
    program.evaluate(group, context, into);
  }
}
