package io.understudy.server.transport.grpc;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.understudy.proto.v1.Frame;
import io.understudy.proto.v1.WireError;
import io.understudy.server.ServingLimits;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameException;
import io.understudy.server.session.Session.Continuation;
import io.understudy.server.transport.Conversation;
import java.nio.ByteBuffer;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * One session over gRPC. A message is asked for only when the last answer has left, so that a
 * client that does not fetch its answers is not read from.
 *
 * <p>gRPC calls it from one thread at a time; draining and the watch over silence come from others,
 * and lock.
 */
final class CrossingCall implements StreamObserver<Frame> {
  private final Conversation conversation;
  private final ServingLimits limits;
  private final ServerCallStreamObserver<Frame> out;
  private final ScheduledExecutorService timer;
  private Runnable whenClosed = () -> {};
  private ScheduledFuture<?> watch;
  private long lastFrameNs = System.nanoTime();
  private boolean owesRequest;
  private boolean draining;
  private boolean closed;

  CrossingCall(
      Conversation conversation,
      ServingLimits limits,
      ServerCallStreamObserver<Frame> out,
      ScheduledExecutorService timer) {
    this.conversation = conversation;
    this.limits = limits;
    this.out = out;
    this.timer = timer;
  }

  /** Asks for the first frame. */
  synchronized void start(Runnable closing) {
    whenClosed = closing;
    out.disableAutoRequest();
    out.setOnReadyHandler(this::sent);
    out.setOnCancelHandler(this::leave);
    out.setOnCloseHandler(this::leave);
    watch = timer.schedule(this::checkGreeted, limits.helloTimeoutMs(), TimeUnit.MILLISECONDS);
    out.request(1);
  }

  @Override
  public synchronized void onNext(Frame request) {
    if (closed) {
      return;
    }
    lastFrameNs = System.nanoTime();
    Continuation next = answer(request.getFrame());
    out.onNext(message(conversation.reply().bytes()));
    if (next == Continuation.CLOSE || draining) {
      end();
    } else if (out.isReady()) {
      out.request(1);
    } else {
      owesRequest = true;
    }
  }

  private Continuation answer(ByteString frame) {
    int length = frame.size();
    int at = 0;
    while (at < length) {
      ByteBuffer room = conversation.assembler().room(length - at);
      int count = room.remaining();
      frame.substring(at, at + count).copyTo(room);
      at += count;
      Continuation next = conversation.answer();
      if (next == Continuation.CLOSE || (next != null && at == length)) {
        return next;
      }
      if (next != null) {
        return notOne(length);
      }
    }
    return notOne(length);
  }

  private Continuation notOne(int length) {
    return conversation.refuse(
        FrameException.protocol("message", length + " bytes", "one whole frame"));
  }

  static Frame message(ByteBuffer frame) {
    return Frame.newBuilder().setFrame(ByteString.copyFrom(frame.duplicate())).build();
  }

  /** What was written has left. */
  private synchronized void sent() {
    if (owesRequest && !closed) {
      owesRequest = false;
      out.request(1);
    }
  }

  private synchronized void checkGreeted() {
    if (closed) {
      return;
    }
    if (conversation.session().isGreeted()) {
      checkIdle();
      return;
    }
    refuse(FrameException.protocol("HELLO", "none", "within " + limits.helloTimeoutMs() + " ms"));
  }

  private synchronized void checkIdle() {
    if (closed) {
      return;
    }
    long idleMs = (System.nanoTime() - lastFrameNs) / 1_000_000;
    if (idleMs < limits.idleTimeoutMs()) {
      watch =
          timer.schedule(this::checkIdle, limits.idleTimeoutMs() - idleMs, TimeUnit.MILLISECONDS);
      return;
    }
    refuse(
        FrameException.of(
            WireError.WIRE_ERROR_LIMIT,
            "session",
            "silent for " + idleMs + " ms",
            "a frame within " + limits.idleTimeoutMs() + " ms"));
  }

  private void refuse(FrameException error) {
    FrameBuffer frame = new FrameBuffer();
    conversation.refuse(error, frame);
    out.onNext(message(frame.bytes()));
    end();
  }

  /** Ends the call; waits for the answer in work, if there is one. */
  synchronized void drain() {
    draining = true;
    if (!closed) {
      end();
    }
  }

  private void end() {
    out.onCompleted();
    leave();
  }

  private synchronized void leave() {
    if (!closed) {
      closed = true;
      watch.cancel(false);
      conversation.leave();
      whenClosed.run();
    }
  }

  @Override
  public void onError(Throwable cause) {
    leave();
  }

  @Override
  public synchronized void onCompleted() {
    if (!closed) {
      end();
    }
  }
}
