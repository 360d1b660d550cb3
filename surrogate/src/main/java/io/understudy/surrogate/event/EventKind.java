package io.understudy.surrogate.event;

/** The kinds of events, as the LASANA paper (MLCAD 2025) names them. */
public enum EventKind {
  /** An input with an output. */
  E1,
  /** An input without an output. */
  E2,
  /** An idle stretch of one or more periods. */
  E3
}
