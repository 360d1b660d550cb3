package io.understudy.characterizer.report;

import io.understudy.characterizer.compare.WorstEvent;
import io.understudy.characterizer.deck.Probe;
import io.understudy.characterizer.ngspice.Waveforms;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.OutputPort;
import io.understudy.surrogate.compare.EventRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** ngspice's traces around one event, with the surrogate's points upon them. */
final class EventPicture {
  private static final int WIDTH = 515;
  private static final int HEIGHT = 230;

  /** Periods shown before and after the event. */
  private static final int AROUND = 1;

  private EventPicture() {}

  static Picture of(Circuit circuit, WorstEvent worst, Waveforms traces) {
    EventRecord golden = worst.pair().golden();
    EventRecord predicted = worst.pair().predicted();
    double periodS = circuit.clock().periodS();
    double startS = golden.step() * periodS;
    double endS = startS + golden.periods() * periodS;
    int[] shown = window(traces.timeS(), startS - AROUND * periodS, endS + AROUND * periodS);
    double[] x = nanoseconds(Arrays.copyOfRange(traces.timeS(), shown[0], shown[1]));
    XYChart chart = ChartStyle.xy(WIDTH, HEIGHT, "time since the run's start, ns", "V");
    String outputNode = circuit.output().node();
    ChartStyle.trace(chart, "output", x, volts(traces, outputNode, shown), ChartStyle.GOLDEN);
    List<Double> pointX = new ArrayList<>();
    List<Double> pointY = new ArrayList<>();
    if (!circuit.states().isEmpty() && !circuit.states().get(0).node().equals(outputNode)) {
      String node = circuit.states().get(0).node();
      ChartStyle.trace(chart, "state", x, volts(traces, node, shown), ChartStyle.INK);
      pointX.add(endS);
      pointY.add(predicted.states()[0]);
    }
    if (circuit.output() instanceof OutputPort.Event event) {
      if (predicted.output() > 0) {
        pointX.add(startS + predicted.latencyS());
        pointY.add(event.riseThrough());
      }
    } else {
      pointX.add(endS);
      pointY.add(predicted.output());
    }
    if (!pointX.isEmpty()) {
      ChartStyle.points(
          chart,
          "surrogate",
          nanoseconds(pointX.stream().mapToDouble(d -> d).toArray()),
          pointY.stream().mapToDouble(d -> d).toArray(),
          ChartStyle.PREDICTED,
          255,
          SeriesMarkers.CIRCLE);
      chart.getStyler().setMarkerSize(7);
    }
    return Picture.of(chart, worst.text());
  }

  private static int[] window(double[] timeS, double fromS, double toS) {
    int first = 0;
    while (first + 2 < timeS.length && timeS[first + 1] < fromS) {
      first++;
    }
    int last = first + 2;
    while (last < timeS.length && timeS[last - 1] < toS) {
      last++;
    }
    return new int[] {first, last};
  }

  private static double[] volts(Waveforms traces, String node, int[] shown) {
    double[] all =
        Probe.voltage(node).map(traces::vector).orElseGet(() -> new double[traces.size()]);
    return Arrays.copyOfRange(all, shown[0], shown[1]);
  }

  private static double[] nanoseconds(double[] seconds) {
    return Unit.NANOSECOND.in(seconds);
  }
}
