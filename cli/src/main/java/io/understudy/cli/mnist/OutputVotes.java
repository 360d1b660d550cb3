package io.understudy.cli.mnist;

import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.compare.EventRecord;
import java.util.List;

/** What the last layer says of each image, by the surrogate and by ngspice, from its events. */
final class OutputVotes {
  private static final int DIGITS = 10;
  private static final double LSB_V = 0.8 / 127;

  private final MnistSystem system;
  private final List<ImageResult> images;

  /** Sums of ADC codes or counts of spikes: [image][digit]. */
  private final double[][] golden;

  OutputVotes(MnistSystem system, List<ImageResult> images) {
    this.system = system;
    this.images = images;
    this.golden = new double[images.size()][DIGITS];
  }

  /**
   * Adds one bank's events.
   *
   * @param instances the digits, by the events' run number
   */
  void add(List<Integer> instances, List<EventPair> pairs) {
    for (EventPair pair : pairs) {
      EventRecord event = pair.golden();
      int image = image(event);
      if (image >= 0) {
        int digit = instances.get(event.run());
        golden[image][digit] +=
            switch (system) {
              case CROSSBAR -> code(event.output());
              case SPIKING -> event.output();
            };
      }
    }
  }

  /** The image during which an event began; -1 for none, and for idle levels. */
  private int image(EventRecord event) {
    boolean isIdle = event.kind() == io.understudy.surrogate.event.EventKind.E3;
    if (isIdle && system == MnistSystem.CROSSBAR) {
      return -1;
    }
    for (int k = 0; k < images.size(); k++) {
      ImageResult image = images.get(k);
      if (event.step() >= system.period(image.startPs())
          && event.step() < system.period(image.endPs())) {
        return k;
      }
    }
    return -1;
  }

  private static double code(double volts) {
    return Math.rint(Math.max(-0.8, Math.min(0.8, volts)) / LSB_V);
  }

  /** Share of the images whose largest golden vote is the digit that the system named. */
  double agreement() {
    int same = 0;
    for (int k = 0; k < images.size(); k++) {
      int best = 0;
      for (int d = 1; d < DIGITS; d++) {
        best = golden[k][d] > golden[k][best] ? d : best;
      }
      same += best == images.get(k).digit() ? 1 : 0;
    }
    return (double) same / images.size();
  }
}
