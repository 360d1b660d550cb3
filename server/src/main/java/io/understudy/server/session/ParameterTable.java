package io.understudy.server.session;

import io.understudy.proto.v1.WireError;
import io.understudy.server.frame.FrameException;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a bank's parameter table: a header {@code instance,NAME,...}, then a line for each instance
 * that departs from the defaults. An empty cell means the default. Each error names the bank, the
 * instance, the parameter, the value and what was expected.
 */
final class ParameterTable {
  private static final String INSTANCE = "instance";

  private final String bank;
  private final int instances;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final List<Parameter> parameters = new ArrayList<>();

  private ParameterTable(String bank, Circuit circuit, int instances) {
    this.bank = bank;
    this.instances = instances;
    for (Parameter parameter : circuit.parameters()) {
      for (String column : parameter.columns()) {
        columns.put(column, columns.size());
        parameters.add(parameter);
      }
    }
  }

  /**
   * The values of each instance in the order of the circuit's parameter columns; instances without
   * a line share one row.
   *
   * @param bank the bank's path
   * @param circuit says which parameters there are
   * @param instances instances in the bank
   * @param table CSV text, may be empty
   * @throws FrameException naming what is wrong
   */
  static double[][] read(String bank, Circuit circuit, int instances, String table) {
    return new ParameterTable(bank, circuit, instances).read(table);
  }

  private double[][] read(String table) {
    double[] defaults = new double[parameters.size()];
    for (int i = 0; i < defaults.length; i++) {
      Double value = parameters.get(i).defaultValue();
      defaults[i] = value == null ? Double.NaN : value;
    }
    double[][] values = new double[instances][];
    if (!table.isBlank()) {
      List<String> lines = table.lines().toList();
      int[] order = header(lines.get(0));
      for (int i = 1; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          line(i + 1, lines.get(i), order, defaults, values);
        }
      }
    }
    for (int i = 0; i < instances; i++) {
      if (values[i] == null) {
        checkGiven(i, defaults);
        values[i] = defaults;
      }
    }
    return values;
  }

  /** For each cell after the first, the parameter's column. */
  private int[] header(String line) {
    String[] names = cells(line);
    if (!names[0].equals(INSTANCE)) {
      throw bad("parameter table's header", line, "instance,NAME,...");
    }
    int[] order = new int[names.length - 1];
    for (int i = 0; i < order.length; i++) {
      Integer column = columns.get(names[i + 1]);
      if (column == null) {
        throw bad("parameter", names[i + 1], "one of " + columns.keySet());
      }
      for (int earlier = 0; earlier < i; earlier++) {
        if (order[earlier] == column) {
          throw bad("parameter", names[i + 1] + " twice", "each name once");
        }
      }
      order[i] = column;
    }
    return order;
  }

  private void line(int number, String line, int[] order, double[] defaults, double[][] values) {
    String[] cells = cells(line);
    if (cells.length != order.length + 1) {
      throw bad("parameter table's line " + number, cells.length + " cells", order.length + 1 + "");
    }
    int instance = instance(number, cells[0]);
    if (values[instance] != null) {
      throw bad("parameter table's line " + number, "instance " + instance + " again", "one line");
    }
    double[] row = defaults.clone();
    for (int i = 0; i < order.length; i++) {
      if (!cells[i + 1].isEmpty()) {
        row[order[i]] = value(instance, order[i], cells[i + 1]);
      }
    }
    checkGiven(instance, row);
    values[instance] = row;
  }

  private int instance(int line, String cell) {
    try {
      int instance = Integer.parseInt(cell);
      if (instance >= 0 && instance < instances) {
        return instance;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for both.
    }
    throw bad("parameter table's line " + line + ": instance", cell, "0 to " + (instances - 1));
  }

  private double value(int instance, int column, String cell) {
    Parameter parameter = parameters.get(column);
    try {
      double value = Double.parseDouble(cell);
      if (parameter.accepts(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for both.
    }
    throw badParameter(instance, column, cell);
  }

  private void checkGiven(int instance, double[] row) {
    for (int i = 0; i < row.length; i++) {
      if (Double.isNaN(row[i])) {
        throw badParameter(instance, i, "missing");
      }
    }
  }

  private FrameException badParameter(int instance, int column, String value) {
    String name = new ArrayList<>(columns.keySet()).get(column);
    String expected = parameters.get(column).expected();
    return bad("instance " + instance + ": parameter " + name, value, expected);
  }

  private FrameException bad(String thing, String value, String expected) {
    return FrameException.of(
        WireError.WIRE_ERROR_BAD_PARAMETER, bank + ": " + thing, value, expected);
  }

  private static String[] cells(String line) {
    String[] cells = line.split(",", -1);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cells[i].trim();
    }
    return cells;
  }
}
