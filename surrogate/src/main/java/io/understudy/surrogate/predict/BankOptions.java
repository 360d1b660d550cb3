package io.understudy.surrogate.predict;

import io.understudy.surrogate.event.EventListener;

/**
 * How a bank is evaluated; none of it changes a result.
 *
 * @param listener is told of every event, or null
 * @param crew shares the evaluation of large steps, or null
 * @param stretch instances that are evaluated side by side, at most {@link EventBlock#ROWS}
 */
record BankOptions(EventListener listener, EvaluationCrew crew, int stretch) {
  BankOptions {
    if (stretch < 1 || stretch > EventBlock.ROWS) {
      throw new IllegalArgumentException(
          "stretch: " + stretch + " (expected: 1 to " + EventBlock.ROWS + ")");
    }
  }
}
