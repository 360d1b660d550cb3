package io.understudy.server.transport.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.understudy.server.frame.ErrorFrame;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameException;
import java.util.concurrent.TimeUnit;

/** Turns a connection away that was not let in. */
final class OverloadHandler extends ChannelInboundHandlerAdapter {
  private static final int PATIENCE_MS = 2_000;

  private final FrameException error;

  OverloadHandler(FrameException error) {
    this.error = error;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.executor().schedule(() -> ctx.close(), PATIENCE_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    // Answered once the client has spoken, so that it does not lose the answer to a reset.
    ReferenceCountUtil.release(message);
    FrameBuffer frame = new FrameBuffer();
    new ErrorFrame(error.code(), error.getMessage()).encode(frame, 1, 0);
    ctx.writeAndFlush(Unpooled.wrappedBuffer(frame.bytes()))
        .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
