package io.understudy.server.transport;

import io.understudy.proto.v1.FrameType;
import io.understudy.server.frame.FrameAssembler;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameException;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.session.Session;
import io.understudy.server.session.Session.Continuation;
import java.nio.ByteBuffer;

/**
 * One client's frames and its session's answers, whatever carries them. Both buffers belong to the
 * conversation and are reused.
 *
 * <p>Not thread-safe: one frame at a time.
 */
public final class Conversation {
  private static final ByteBuffer NO_FRAME = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final Session session;
  private final Reception reception;
  private final boolean guarded;
  private final FrameAssembler assembler;
  private final FrameBuffer reply = new FrameBuffer();
  private boolean left;

  /**
   * @param session that the reception has admitted
   * @param guarded whether the client must know the token
   */
  public Conversation(Session session, Reception reception, boolean guarded) {
    this.session = session;
    this.reception = reception;
    this.guarded = guarded;
    this.assembler = new FrameAssembler(reception.limits().frameBytes());
  }

  /** The session. */
  public Session session() {
    return session;
  }

  /** Takes the client's bytes: fill its room, then ask {@link #answer}. */
  public FrameAssembler assembler() {
    return assembler;
  }

  /** The latest answer, ready to be read from 0. */
  public FrameBuffer reply() {
    return reply;
  }

  /** Answers the frame if it is complete; null if it is not. */
  public Continuation answer() {
    Continuation next;
    try {
      if (!assembler.advance()) {
        return null;
      }
      FrameBuffer frame = assembler.frame();
      if (guarded) {
        reception.check(frame.bytes());
      }
      boolean isStep = FrameHeader.type(frame.bytes()) == FrameType.FRAME_TYPE_STEP_VALUE;
      long start = System.nanoTime();
      next = session.handle(frame, reply);
      if (isStep) {
        reception.answered(System.nanoTime() - start);
      }
    } catch (FrameException e) {
      next = session.refuse(e, assembler.frame().bytes(), reply);
    }
    assembler.clear();
    return next;
  }

  /** Ends the session with an ERROR that is about no frame. */
  public Continuation refuse(FrameException error) {
    return refuse(error, reply);
  }

  /** The same into another buffer, while the latest answer is still being sent. */
  public Continuation refuse(FrameException error, FrameBuffer into) {
    return session.refuse(error, NO_FRAME, into);
  }

  /** The client has gone; the session ends if it has not. */
  public void leave() {
    if (!left) {
      left = true;
      session.vanish();
      reception.leave();
    }
  }
}
