package io.understudy.server.session;

import io.understudy.proto.v1.WireError;

/** Counts what sessions do. Called from the sessions' threads, at once; allocates nothing. */
public interface SessionMeter {
  /** Counts nothing. */
  SessionMeter NONE =
      new SessionMeter() {
        @Override
        public void opened() {}

        @Override
        public void ended(SessionEnding ending) {}

        @Override
        public void failed(WireError error) {}

        @Override
        public void crossing(long elapsedNs) {}

        @Override
        public void events(long crossings, long e1, long e2, long e3) {}

        @Override
        public void flags(
            long outOfRange, long saturated, long latencyClamped, long outputMissed) {}
      };

  /** A client has said HELLO. */
  void opened();

  /** A session has ended. */
  void ended(SessionEnding ending);

  /** An ERROR was sent. */
  void failed(WireError error);

  /** A STEP was answered: from its last byte to the answer's readiness. */
  void crossing(long elapsedNs);

  /** So many rows with an input, and so many events of each kind, in one bank's step. */
  void events(long crossings, long e1, long e2, long e3);

  /** So many answered rows with each flag, in one bank's step. */
  void flags(long outOfRange, long saturated, long latencyClamped, long outputMissed);
}
