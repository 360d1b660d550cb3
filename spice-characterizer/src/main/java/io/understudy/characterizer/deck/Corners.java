package io.understudy.characterizer.deck;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.Drive;
import io.understudy.surrogate.circuit.InputPort;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/**
 * The inputs' waveforms from a period's start on: linear between corners, held beyond them.
 *
 * @param timeS the corners' times in s, ascending, at least one
 * @param values for each source, in the order of the circuit's input columns, one a corner
 */
public record Corners(double[] timeS, double[][] values) {
  /**
   * An input element's waveform in one period.
   *
   * @param offsetFs times of its corners after the period's start
   * @param values its values there
   */
  private record Element(long[] offsetFs, double[] values) {
    double at(long fs) {
      int k = 0;
      while (k < offsetFs.length && offsetFs[k] <= fs) {
        k++;
      }
      if (k == 0 || k == offsetFs.length) {
        return values[k == 0 ? 0 : k - 1];
      }
      double part = (double) (fs - offsetFs[k - 1]) / (offsetFs[k] - offsetFs[k - 1]);
      return values[k - 1] + part * (values[k] - values[k - 1]);
    }
  }

  /** The value of an input's source while nothing happens: none of a pulse, the initial level. */
  static double atRest(InputPort input) {
    return input.drive() instanceof Drive.Pulse ? 0 : input.initial();
  }

  /** The values of all sources before the first period. */
  public static double[] initial(Circuit circuit) {
    return circuit.inputs().stream()
        .flatMapToDouble(input -> DoubleStream.generate(() -> atRest(input)).limit(input.width()))
        .toArray();
  }

  /** The values of all sources at the end of a period in which these inputs came. */
  public static double[] after(Circuit circuit, double[] inputs) {
    double[] values = inputs.clone();
    int at = 0;
    for (InputPort input : circuit.inputs()) {
      for (int k = 0; k < input.width(); k++, at++) {
        values[at] = input.drive() instanceof Drive.Pulse ? 0 : values[at];
      }
    }
    return values;
  }

  /**
   * Nothing happens.
   *
   * @param startFs from here on
   * @param before the values of all sources
   */
  public static Corners idle(long startFs, double[] before) {
    double[][] values = new double[before.length][];
    for (int k = 0; k < values.length; k++) {
      values[k] = new double[] {before[k]};
    }
    return new Corners(new double[] {seconds(startFs)}, values);
  }

  /**
   * An input event.
   *
   * @param startFs the period's start
   * @param before the values of all sources until then
   * @param inputs a value for each of the circuit's input columns
   */
  public static Corners input(Circuit circuit, long startFs, double[] before, double[] inputs) {
    List<Element> elements = new ArrayList<>();
    TreeSet<Long> offsets = new TreeSet<>(List.of(0L));
    for (InputPort input : circuit.inputs()) {
      for (int k = 0; k < input.width(); k++) {
        int at = elements.size();
        Element element = element(input.drive(), before[at], inputs[at]);
        for (long offset : element.offsetFs) {
          offsets.add(offset);
        }
        elements.add(element);
      }
    }
    double[] timeS = offsets.stream().mapToDouble(offset -> seconds(startFs + offset)).toArray();
    double[][] values = new double[elements.size()][];
    for (int k = 0; k < values.length; k++) {
      values[k] = offsets.stream().mapToDouble(elements.get(k)::at).toArray();
    }
    return new Corners(timeS, values);
  }

  private static Element element(Drive drive, double before, double input) {
    if (drive instanceof Drive.Pulse pulse) {
      List<List<Double>> points = pulse.points();
      return new Element(
          points.stream().mapToLong(point -> PwlSource.femtoseconds(point.get(0))).toArray(),
          points.stream().mapToDouble(point -> input * point.get(1)).toArray());
    }
    if (input == before) {
      return new Element(new long[] {0}, new double[] {before});
    }
    long rampFs = PwlSource.femtoseconds(((Drive.Level) drive).rampS());
    return new Element(new long[] {0, rampFs}, new double[] {before, input});
  }

  private static double seconds(long timeFs) {
    return BigDecimal.valueOf(timeFs, 15).doubleValue();
  }
}
