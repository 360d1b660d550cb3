package io.understudy.server.session;

import io.understudy.proto.v1.WireError;
import io.understudy.server.frame.FrameException;
import io.understudy.server.frame.SessionToken;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which connection each session belongs to: to one at a time. Thread-safe. */
public final class SessionClaims {
  private final SecureRandom random = new SecureRandom();
  private final Map<SessionToken, Long> owners = new ConcurrentHashMap<>();

  /**
   * Claims a session for a connection.
   *
   * @param wanted its token; none for a new session
   * @param number the number of the connection's session
   * @return its token
   * @throws FrameException when another connection has it
   */
  SessionToken claim(SessionToken wanted, long number) {
    SessionToken token = wanted.equals(SessionToken.NONE) ? SessionToken.random(random) : wanted;
    Long owner = owners.putIfAbsent(token, number);
    if (owner != null && owner != number) {
      throw FrameException.of(
          WireError.WIRE_ERROR_SESSION,
          "session",
          "claimed by two clients, by the other as session " + owner,
          "one client; the first keeps it until its connection ends");
    }
    return token;
  }

  /** Gives a session up. */
  void release(SessionToken token, long number) {
    owners.remove(token, number);
  }

  /** Sessions that are claimed. */
  public int size() {
    return owners.size();
  }
}
