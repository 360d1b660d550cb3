package io.understudy.surrogate.event;

import java.util.List;

/**
 * What a number of instances of one circuit are given.
 *
 * @param instances in ascending order of their numbers
 */
public record Stimulus(List<Instance> instances) {
  public Stimulus {
    instances = List.copyOf(instances);
  }

  /** Number of the last period with an input, -1 if there is none. */
  public long lastStep() {
    return instances.stream()
        .filter(instance -> !instance.rows().isEmpty())
        .mapToLong(instance -> instance.rows().get(instance.rows().size() - 1).step())
        .max()
        .orElse(-1);
  }

  /**
   * One instance.
   *
   * @param number by which result files name it
   * @param parameters a value for each of {@link
   *     io.understudy.surrogate.circuit.Circuit#parameterColumns}
   * @param rows the periods with an input, in ascending order
   */
  public record Instance(int number, List<Double> parameters, List<Row> rows) {
    public Instance {
      parameters = List.copyOf(parameters);
      rows = List.copyOf(rows);
    }
  }

  /**
   * One instance's inputs in one period.
   *
   * @param step number of the period, counted from 0
   * @param values a value for each of {@link io.understudy.surrogate.circuit.Circuit#inputColumns}
   */
  public record Row(long step, List<Double> values) {
    public Row {
      values = List.copyOf(values);
    }
  }
}
