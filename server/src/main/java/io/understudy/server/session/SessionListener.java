package io.understudy.server.session;

import java.nio.ByteBuffer;

/**
 * Watches sessions, for recording and reports. Calls come from the sessions' threads: those of one
 * session in order, those of different sessions at once.
 */
@FunctionalInterface
public interface SessionListener {
  /** Watches nothing. */
  SessionListener NONE = opening -> null;

  /**
   * A bank opens.
   *
   * @return what watches the bank, or null
   */
  BankListener opened(BankOpening opening);

  /**
   * A frame was answered. Both buffers are the session's: to be read within the call, without
   * moving them.
   *
   * @param session its number
   * @param request from index 0 to the limit
   * @param reply likewise
   */
  default void exchanged(long session, ByteBuffer request, ByteBuffer reply) {}

  /**
   * A session has ended.
   *
   * @param session its number
   * @param client the client's name, empty if it never said it
   * @param ending how
   * @param reason the error's text, empty where there is none
   */
  default void ended(long session, String client, SessionEnding ending, String reason) {}
}
