package io.understudy.cli.replay;

import io.understudy.server.frame.BankShape;
import io.understudy.server.frame.Open;
import io.understudy.server.frame.Opened;
import io.understudy.surrogate.event.StepRows;

/** A bank of a session that is replayed, with room for the two answers that are compared. */
final class OpenBank {
  private final int number;
  private final BankShape shape;
  final StepRows recorded;
  final StepRows now;

  OpenBank(Open open, Opened opened) {
    this.number = opened.bank();
    this.shape =
        new BankShape(
            open.path(), (int) open.instances(), opened.inputWidth(), opened.sharedInputs());
    this.recorded = new StepRows(shape.inputWidth(), shape.sharedInputs());
    this.now = new StepRows(shape.inputWidth(), shape.sharedInputs());
  }

  int number() {
    return number;
  }

  BankShape shape() {
    return shape;
  }
}
