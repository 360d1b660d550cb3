package io.understudy.server.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.understudy.server.frame.FrameAssembler;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameException;
import io.understudy.server.session.Session;
import io.understudy.server.session.Session.Continuation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: assembles frames, has its session answer them, and flushes each answer. Both
 * buffers belong to the connection and are reused, so that a steady state copies in and out of them
 * and allocates nothing of its own. While an answer is not sent out, no further frame is taken.
 */
final class CrossingHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(CrossingHandler.class);

  /** How long a connection may stay half open for the client to fetch the last answer. */
  private static final int LINGER_MS = 2_000;

  private final Session session;
  private final int helloTimeoutMs;
  private final Runnable whenClosed;
  private final FrameAssembler assembler = new FrameAssembler();
  private final FrameBuffer reply = new FrameBuffer();
  private final Deque<ByteBuf> backlog = new ArrayDeque<>();

  /** The memory of {@link #reply} as Netty sees it; wrapped anew when it has grown. */
  private ByteBuf wrapped = Unpooled.EMPTY_BUFFER;

  private ByteBuffer wrappedBytes;
  private boolean sending;
  private boolean closing;

  CrossingHandler(Session session, int helloTimeoutMs, Runnable whenClosed) {
    this.session = session;
    this.helloTimeoutMs = helloTimeoutMs;
    this.whenClosed = whenClosed;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.executor().schedule(() -> checkGreeted(ctx), helloTimeoutMs, TimeUnit.MILLISECONDS);
  }

  private void checkGreeted(ChannelHandlerContext ctx) {
    if (!session.isGreeted() && ctx.channel().isActive() && !closing) {
      ByteBuffer none = ByteBuffer.allocate(0);
      session.refuse(
          FrameException.protocol("HELLO", "none", "within " + helloTimeoutMs + " ms"),
          none,
          reply);
      send(ctx, Continuation.CLOSE);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (sending) {
      backlog.add(bytes);
    } else {
      take(ctx, bytes);
    }
  }

  /** Takes what frames it can; what is left when an answer is under way waits. Owns the bytes. */
  private void take(ChannelHandlerContext ctx, ByteBuf bytes) {
    while (bytes.isReadable() && !closing) {
      if (sending) {
        backlog.addFirst(bytes);
        return;
      }
      bytes.readBytes(assembler.room(bytes.readableBytes()));
      answer(ctx);
    }
    bytes.release();
  }

  private void answer(ChannelHandlerContext ctx) {
    Continuation next;
    try {
      if (!assembler.advance()) {
        return;
      }
      next = session.handle(assembler.frame(), reply);
    } catch (FrameException e) {
      next = session.refuse(e, assembler.frame().bytes(), reply);
    }
    assembler.clear();
    send(ctx, next);
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
    // Netty gives its reference back once all is sent, usually before it returns.
    if (out.refCnt() > 1) {
      sending = true;
      ctx.channel().config().setAutoRead(false);
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> resume(ctx));
    }
  }

  private ByteBuf wrap() {
    ByteBuffer bytes = reply.bytes();
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
    while (!sending && !closing && !backlog.isEmpty()) {
      take(ctx, backlog.removeFirst());
    }
    if (!sending) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  /** Lets the client read the last answer before the connection goes, whatever it still sends. */
  private void linger(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(sent -> ((DuplexChannel) ctx.channel()).shutdownOutput());
    ctx.channel().config().setAutoRead(true);
    ctx.executor().schedule(() -> ctx.close(), LINGER_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    if (assembler.isWithinFrame()) {
      LOG.warn("event=frame_cut session={}", session.number());
    }
    session.vanish();
    backlog.forEach(ByteBuf::release);
    backlog.clear();
    wrapped.release();
    wrapped = Unpooled.EMPTY_BUFFER;
    wrappedBytes = null;
    whenClosed.run();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.info("event=connection_lost session={} cause=\"{}\"", session.number(), cause.toString());
    } else {
      LOG.error("event=connection_failed session={}", session.number(), cause);
    }
    ctx.close();
  }
}
