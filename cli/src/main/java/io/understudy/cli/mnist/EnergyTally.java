package io.understudy.cli.mnist;

import io.understudy.server.session.BankListener;
import io.understudy.server.session.BankOpening;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.StepRows;
import java.util.List;

/** Adds up what the banks' events cost, layer by layer: light enough not to slow a run. */
final class EnergyTally implements SessionListener {
  private final MnistSystem system;
  private final List<LayerTally> layers;

  EnergyTally(MnistSystem system) {
    this.system = system;
    this.layers = system.layers().stream().map(LayerTally::new).toList();
  }

  /** The layers; complete when the session has ended. */
  List<LayerTally> layers() {
    return layers;
  }

  @Override
  public BankListener opened(BankOpening opening) {
    LayerTally layer = layers.get(system.layer(opening.path()));
    synchronized (layer) {
      layer.add(opening.instances());
    }
    return new BankListener() {
      @Override
      public void event(
          int instance,
          long step,
          EventKind kind,
          long periods,
          double output,
          double energyJ,
          double latencyS,
          double[] states) {
        synchronized (layer) {
          layer.event(step, kind, periods, energyJ, latencyS);
        }
      }

      @Override
      public void step(long period, StepRows rows) {
        // The events say it all.
      }

      @Override
      public void closed(BankTotals totals) {
        synchronized (layer) {
          layer.closed(totals);
        }
      }
    };
  }
}
