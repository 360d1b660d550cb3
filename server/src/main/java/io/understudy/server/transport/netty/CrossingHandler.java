package io.understudy.server.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.understudy.proto.v1.WireError;
import io.understudy.server.ServingLimits;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameException;
import io.understudy.server.session.Session.Continuation;
import io.understudy.server.transport.Conversation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: assembles frames, has its session answer them, and flushes each answer. A steady
 * state copies in and out of the conversation's buffers and allocates nothing of its own. While an
 * answer is not sent out, no further frame is taken and nothing more is read.
 */
final class CrossingHandler extends ChannelInboundHandlerAdapter {
  /** The event that asks a connection to close as soon as no answer is under way. */
  static final Object DRAIN = new Object();

  private static final Logger LOG = LoggerFactory.getLogger(CrossingHandler.class);

  /** How long a connection may stay half open for the client to fetch the last answer. */
  private static final int LINGER_MS = 2_000;

  private final Conversation conversation;
  private final ServingLimits limits;
  private final Deque<ByteBuf> backlog = new ArrayDeque<>();
  private final WaitingFrames waiting = new WaitingFrames();

  /** The memory of the reply as Netty sees it; wrapped anew when it has grown. */
  private ByteBuf wrapped = Unpooled.EMPTY_BUFFER;

  private ByteBuffer wrappedBytes;
  private boolean sending;
  private boolean closing;
  private boolean draining;
  private long lastReadNs = System.nanoTime();

  /** Tasks that know the whole connection, one of them for a day: they must not outlive it. */
  private Future<?> greetingWatch;

  private Future<?> idleWatch;

  CrossingHandler(Conversation conversation, ServingLimits limits) {
    this.conversation = conversation;
    this.limits = limits;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    greetingWatch =
        ctx.executor()
            .schedule(() -> checkGreeted(ctx), limits.helloTimeoutMs(), TimeUnit.MILLISECONDS);
    checkIdle(ctx);
  }

  private void checkGreeted(ChannelHandlerContext ctx) {
    if (!conversation.session().isGreeted() && ctx.channel().isActive() && !closing) {
      conversation.refuse(
          FrameException.protocol("HELLO", "none", "within " + limits.helloTimeoutMs() + " ms"));
      send(ctx, Continuation.CLOSE);
    }
  }

  /** Ends a session that has been silent too long, and looks again when it could be. */
  private void checkIdle(ChannelHandlerContext ctx) {
    if (closing || !ctx.channel().isActive()) {
      return;
    }
    long idleMs = (System.nanoTime() - lastReadNs) / 1_000_000;
    if (idleMs < limits.idleTimeoutMs()) {
      idleWatch =
          ctx.executor()
              .schedule(
                  () -> checkIdle(ctx), limits.idleTimeoutMs() - idleMs, TimeUnit.MILLISECONDS);
      return;
    }
    refuseNow(
        ctx,
        FrameException.of(
            WireError.WIRE_ERROR_LIMIT,
            "session",
            "silent for " + idleMs + " ms",
            "a frame within " + limits.idleTimeoutMs() + " ms"));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    lastReadNs = System.nanoTime();
    if (closing) {
      bytes.release();
    } else if (sending) {
      backlog.add(bytes);
      waiting.add(bytes);
      checkWaiting(ctx);
    } else {
      take(ctx, bytes);
    }
  }

  /** Takes what frames it can; what is left when an answer is under way waits. Owns the bytes. */
  private void take(ChannelHandlerContext ctx, ByteBuf bytes) {
    while (bytes.isReadable() && !closing) {
      if (sending) {
        backlog.addFirst(bytes);
        waiting.clear();
        backlog.forEach(waiting::add);
        checkWaiting(ctx);
        return;
      }
      bytes.readBytes(conversation.assembler().room(bytes.readableBytes()));
      Continuation next = conversation.answer();
      if (next != null) {
        send(ctx, next);
      }
    }
    bytes.release();
  }

  private void checkWaiting(ChannelHandlerContext ctx) {
    if (waiting.count() > limits.framesInFlight()) {
      refuseNow(
          ctx,
          FrameException.of(
              WireError.WIRE_ERROR_LIMIT,
              "frames in flight",
              "more than " + limits.framesInFlight(),
              "at most " + limits.framesInFlight() + " beyond the one being answered"));
    }
  }

  private void send(ChannelHandlerContext ctx, Continuation next) {
    ByteBuf out = wrap();
    closing = next == Continuation.CLOSE;
    if (closing) {
      ctx.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
      linger(ctx);
      return;
    }
    ctx.writeAndFlush(out, ctx.voidPromise());
    // Netty gives its reference back once all is sent, or encrypted, usually before it returns.
    if (out.refCnt() > 1 || !ctx.channel().isWritable()) {
      sending = true;
      ctx.channel().config().setAutoRead(false);
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> resume(ctx));
    }
  }

  /** Sends an ERROR, be an answer under way or not. */
  private void refuseNow(ChannelHandlerContext ctx, FrameException error) {
    FrameBuffer frame = new FrameBuffer();
    conversation.refuse(error, frame);
    closing = true;
    releaseBacklog();
    ctx.writeAndFlush(Unpooled.wrappedBuffer(frame.bytes()))
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    linger(ctx);
  }

  private ByteBuf wrap() {
    ByteBuffer bytes = conversation.reply().bytes();
    int length = bytes.limit();
    if (bytes != wrappedBytes) {
      wrapped.release();
      wrappedBytes = bytes;
      wrapped = Unpooled.wrappedBuffer(bytes.duplicate().clear());
    }
    return wrapped.setIndex(0, length).retain();
  }

  private void resume(ChannelHandlerContext ctx) {
    sending = false;
    if (draining) {
      ctx.close();
      return;
    }
    while (!sending && !closing && !backlog.isEmpty()) {
      take(ctx, backlog.removeFirst());
    }
    if (!sending) {
      waiting.clear();
      ctx.channel().config().setAutoRead(true);
    }
  }

  /** Lets the client read the last answer before the connection goes, whatever it still sends. */
  private void linger(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> endOutput(ctx));
    ctx.channel().config().setAutoRead(true);
    ctx.executor().schedule(() -> ctx.close(), LINGER_MS, TimeUnit.MILLISECONDS);
  }

  private static void endOutput(ChannelHandlerContext ctx) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    DuplexChannel channel = (DuplexChannel) ctx.channel();
    if (tls == null) {
      channel.shutdownOutput();
    } else {
      tls.closeOutbound().addListener(said -> channel.shutdownOutput());
    }
  }

  /** The server stops: answers are handled on this thread, so that none is in work now. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == DRAIN) {
      draining = true;
      if (!sending && !closing) {
        ctx.close();
      }
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  private void releaseBacklog() {
    backlog.forEach(ByteBuf::release);
    backlog.clear();
    waiting.clear();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    cancel(greetingWatch);
    cancel(idleWatch);
    if (conversation.assembler().isWithinFrame()) {
      LOG.warn("event=frame_cut session={}", conversation.session().number());
    }
    conversation.leave();
    releaseBacklog();
    wrapped.release();
    wrapped = Unpooled.EMPTY_BUFFER;
    wrappedBytes = null;
  }

  private static void cancel(Future<?> watchOrNull) {
    if (watchOrNull != null) {
      watchOrNull.cancel(false);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    long session = conversation.session().number();
    if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
      LOG.info("event=connection_lost session={} cause=\"{}\"", session, cause.toString());
    } else {
      LOG.error("event=connection_failed session={}", session, cause);
    }
    ctx.close();
  }
}
