package io.understudy.cli.record;

import io.understudy.server.session.BankListener;
import io.understudy.server.session.BankOpening;
import io.understudy.server.session.SessionEnding;
import io.understudy.server.session.SessionListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Records all banks of the sessions of a private server. */
public final class SessionRecorder implements SessionListener {
  private final List<BankRecorder> banks = new ArrayList<>();
  private String failure = "";

  @Override
  public synchronized BankListener opened(BankOpening opening) {
    BankRecorder recorder = new BankRecorder(opening);
    banks.add(recorder);
    return recorder;
  }

  @Override
  public synchronized void ended(long session, String client, SessionEnding ending, String reason) {
    if (ending != SessionEnding.CLOSED) {
      failure = ending + (reason.isEmpty() ? "" : ": " + reason);
    }
  }

  /** The banks in the order in which they were opened. */
  public synchronized List<BankRecorder> banks() {
    return List.copyOf(banks);
  }

  /** Why a session did not end as it should; empty if all did. */
  public synchronized String failure() {
    return failure;
  }

  /** Writes what was recorded, two files a bank. */
  public void write(Path directory) throws IOException {
    for (BankRecorder bank : banks()) {
      bank.write(directory);
    }
  }
}
