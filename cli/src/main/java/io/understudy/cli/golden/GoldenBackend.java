package io.understudy.cli.golden;

import io.understudy.server.session.BankBackend;

/** A backend of one server, which closes it after its sessions have ended. */
public interface GoldenBackend extends BankBackend, AutoCloseable {
  @Override
  void close();
}
