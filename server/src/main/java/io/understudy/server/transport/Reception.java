package io.understudy.server.transport;

import io.understudy.proto.v1.FrameType;
import io.understudy.proto.v1.WireError;
import io.understudy.server.ServingLimits;
import io.understudy.server.access.AccessToken;
import io.understudy.server.frame.FrameException;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.Hello;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.server.session.Session;
import io.understudy.server.session.SessionHost;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Lets clients in, whichever way they come: at most so many sessions at once, none that does not
 * know the token, none once the server drains. Each session keeps the models of its beginning.
 */
public final class Reception {
  private final SessionHost host;
  private final Supplier<ModelRegistry> models;
  private final ServingLimits limits;
  private final Optional<AccessToken> token;
  private final AtomicLong lastSession = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean draining;

  /**
   * @param models the circuits as they are now
   * @param token what a client over the network must say
   */
  public Reception(
      SessionHost host,
      Supplier<ModelRegistry> models,
      ServingLimits limits,
      Optional<AccessToken> token) {
    this.host = host;
    this.models = models;
    this.limits = limits;
    this.token = token;
  }

  /** The limits of a connection. */
  public ServingLimits limits() {
    return limits;
  }

  /** Whether a client over the network must know a token. */
  public boolean isGuarded() {
    return token.isPresent();
  }

  /**
   * Lets a client in; {@link #leave} must follow.
   *
   * @throws FrameException when there is no place
   */
  public Session admit() {
    if (draining) {
      throw FrameException.of(
          WireError.WIRE_ERROR_DRAINING, "server", "about to stop", "another server");
    }
    if (open.incrementAndGet() > limits.sessions()) {
      open.decrementAndGet();
      throw FrameException.of(
          WireError.WIRE_ERROR_LIMIT,
          "sessions",
          "more than " + limits.sessions(),
          "at most " + limits.sessions() + " at once");
    }
    return new Session(lastSession.incrementAndGet(), host.with(models.get()));
  }

  /** Counts the ERROR of a client that was not let in. */
  public void refused(FrameException error) {
    host.meter().failed(error.code());
  }

  /** Notes how long the answer to a STEP took. */
  void answered(long elapsedNs) {
    host.meter().crossing(elapsedNs);
  }

  /** A client that was let in has gone. */
  public void leave() {
    open.decrementAndGet();
  }

  /** Sessions that were let in and have not left. */
  public int openSessions() {
    return open.get();
  }

  /** Lets nobody in any more. */
  public void drain() {
    draining = true;
  }

  /** Whether nobody is let in any more. */
  public boolean isDraining() {
    return draining;
  }

  /**
   * Checks what a client over the network says in HELLO; other frames are the session's to check.
   *
   * @param frame a complete frame
   * @throws FrameException when its token is not the server's
   */
  public void check(ByteBuffer frame) {
    if (token.isPresent() && FrameHeader.type(frame) == FrameType.FRAME_TYPE_HELLO_VALUE) {
      // Of a duplicate: the session decodes the same frame again.
      if (!knows(Hello.decode(frame.duplicate().order(frame.order())).access())) {
        throw FrameException.of(
            WireError.WIRE_ERROR_ACCESS,
            "access token",
            "missing or another",
            "the server's, in UNDERSTUDY_TOKEN");
      }
    }
  }

  /** Whether a text is the token; anything is where there is none. */
  public boolean knows(String text) {
    return token.isEmpty() || token.get().matches(text);
  }
}
