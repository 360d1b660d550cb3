package io.understudy.cli.mnist;

import io.understudy.surrogate.event.EventKind;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what a demo of a system found. */
final class MnistTable {
  private final PrintStream out;

  MnistTable(PrintStream out) {
    this.out = out;
  }

  /**
   * Prints.
   *
   * @param title system and simulator
   */
  void print(String title, List<ImageResult> images, MnistReport report) {
    line("%s", title);
    line("  digits:%s   (! wrong)", digits(images));
    line("  accuracy         %10.2f %%   of %d images", 100 * report.accuracy(), report.images());
    line("  energy           %10.3f nJ  an inference", report.energyJPerImage() * 1e9);
    line("  latency          %10.1f ns  an inference", report.latencyS() * 1e9);
    line(
        "  layer       instances      E1, pJ      E2, pJ      E3, pJ   an image; delay, ns;"
            + " events outside the trained range");
    for (MnistReport.Layer layer : report.layers()) {
      line(
          "  %-10s %10d %11.3f %11.3f %11.3f   %s  %s",
          layer.name(),
          layer.instances(),
          layer.e1J() * 1e12,
          layer.e2J() * 1e12,
          layer.e3J() * 1e12,
          nanoseconds(layer.meanLatencyS()),
          percent(layer.outsideShare()));
    }
    speed(report.speed());
    if (report.behavioural() != null) {
      behavioural(report.behavioural(), report.speed());
    }
    if (report.golden() != null) {
      golden(report.golden(), report.speed());
    }
    line("See %s", report.page());
    if (report.waveform() != null) {
      line("See the waveform: gtkwave %s", report.waveform());
    }
  }

  static String digits(List<ImageResult> images) {
    StringBuilder digits = new StringBuilder();
    for (ImageResult image : images) {
      digits.append(image.isRight() ? " " : " !").append(image.digit());
    }
    return digits.toString();
  }

  private void speed(MnistReport.Speed speed) {
    line(
        "  wall time        %10.3f s   an image: RTL, crossings and server, with their start",
        speed.wallSPerImage());
    if (speed.steadySPerImage() != null) {
      line(
          "                   %10.3f s   an image from the first one's result on",
          speed.steadySPerImage());
    }
  }

  private void behavioural(MnistReport.Behavioural models, MnistReport.Speed speed) {
    line(
        "  behavioural models: accuracy %.2f %%, %.2f %% of the digits as with the surrogates",
        100 * models.accuracy(), 100 * models.agreement());
    if (speed.rnmRatio() != null) {
      line(
          "    wall time      %10.3f s   an image from the first one's result on; the surrogates"
              + " take %.2f times as long",
          models.steadySPerImage(), speed.rnmRatio());
    }
  }

  private void golden(MnistReport.Golden golden, MnistReport.Speed speed) {
    line(
        "  ngspice, with the crossings recorded of %d images: %d instances, scaled by count",
        golden.images(), golden.instances());
    line(
        "    class agreement    %8.1f %%   with the last layer by ngspice",
        100 * golden.agreement());
    line("    energy error       %8.2f %%   an inference", 100 * golden.energyError());
    line("    latency error      %8.2f %%   an inference", 100 * golden.latencyError());
    for (Map.Entry<EventKind, Double> kind : golden.energyMape().entrySet()) {
      line("    energy of an %s    %8.2f %%   mean an event", kind.getKey(), 100 * kind.getValue());
    }
    line("    latency            %8.2f %%   mean an output", 100 * golden.latencyMape());
    line(
        "    CPU time           %8.1f s   an image, %.0f times the wall time; from %d instances, at"
            + " reltol 1e-4",
        speed.ngspiceCpuSPerImage(), speed.ratio(), speed.ngspiceTimed());
  }

  private static String percent(Double share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  static String nanoseconds(Double seconds) {
    return seconds == null ? "-" : String.format(Locale.ROOT, "%.3f", seconds * 1e9);
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}
