package io.understudy.server.client;

import io.understudy.server.frame.BankShape;
import io.understudy.server.frame.Opened;
import io.understudy.surrogate.event.StepRows;

/** A bank as its client sees it. */
public final class ClientBank {
  private final Opened opened;
  private final BankShape shape;
  private final StepRows rows;
  private double energyJ;

  ClientBank(Opened opened, String path, int instances) {
    this.opened = opened;
    this.shape = new BankShape(path, instances, opened.inputWidth(), opened.sharedInputs());
    this.rows = new StepRows(opened.inputWidth(), opened.sharedInputs());
  }

  /** What the server said of it. */
  public Opened opened() {
    return opened;
  }

  /** Its instances. */
  public int instances() {
    return shape.instances();
  }

  /** The rows of the next step, to be filled in; after the step they hold the answers too. */
  public StepRows rows() {
    return rows;
  }

  /** Its energy so far in J, as last answered. */
  public double energyJ() {
    return energyJ;
  }

  BankShape shape() {
    return shape;
  }

  void energyJ(double value) {
    energyJ = value;
  }
}
