package io.understudy.characterizer.liberty;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.predict.Surrogate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A surrogate as a Liberty file: its leakage power, and the energy and the delay of its events in
 * tables over two quantities, in the form that non-linear delay models have.
 */
public final class LibertyExport {
  /** Length of the idle stretch over which the power at rest is taken, in periods. */
  static final int REST_PERIODS = 4;

  private LibertyExport() {}

  /**
   * An export.
   *
   * @param text the file
   * @param axes the two quantities
   * @param points of the tables
   * @param outputs points at which the output happens or moves measurably
   * @param outside points at which a quantity lies outside what training saw
   * @param leakageW power at rest in W
   */
  public record Exported(
      String text, List<String> axes, int points, int outputs, int outside, double leakageW) {}

  /**
   * Exports.
   *
   * @throws LibertyException naming an axis or a parameter that the circuit does not have
   */
  public static Exported of(Surrogate surrogate, LibertyOptions options) {
    Circuit circuit = surrogate.folder().circuit();
    List<String> names =
        !options.axes().isEmpty()
            ? options.axes()
            : !circuit.liberty().axes().isEmpty() ? circuit.liberty().axes() : Axis.usual(circuit);
    List<Axis> axes =
        names.stream()
            .map(name -> Axis.of(circuit, surrogate.source().manifest(), name, options.points()))
            .toList();
    Conditions rest = Conditions.atRest(circuit, parameters(circuit, options));
    List<List<GridEvent>> grid = new ArrayList<>();
    for (double first : axes.get(0).values()) {
      List<GridEvent> row = new ArrayList<>();
      for (double second : axes.get(1).values()) {
        row.add(GridEvent.of(surrogate, rest.with(axes.get(0), first).with(axes.get(1), second)));
      }
      grid.add(row);
    }
    double leakageW = GridEvent.restW(surrogate, rest, REST_PERIODS);
    List<GridEvent> all = grid.stream().flatMap(List::stream).toList();
    return new Exported(
        new LibertyLibrary(surrogate, axes, rest, grid, leakageW).text(),
        names,
        all.size(),
        (int) all.stream().filter(event -> !Double.isNaN(event.latencyS())).count(),
        (int) all.stream().filter(GridEvent::outside).count(),
        leakageW);
  }

  /** The circuit's values, and in front of them the options'; a whole vector's of all elements. */
  private static Map<String, Double> parameters(Circuit circuit, LibertyOptions options) {
    Map<String, Double> values = new LinkedHashMap<>(circuit.liberty().parameters());
    circuit.parameters().stream()
        .filter(parameter -> options.parameters().containsKey(parameter.name()))
        .forEach(parameter -> values.keySet().removeAll(parameter.columns()));
    values.putAll(options.parameters());
    return values;
  }
}
