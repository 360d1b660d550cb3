package io.understudy.server.transport.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.understudy.proto.v1.WireError;
import io.understudy.server.frame.ErrorFrame;
import io.understudy.server.frame.FrameBuffer;
import java.util.concurrent.TimeUnit;

/** Turns a connection away that would be one session too many. */
final class OverloadHandler extends ChannelInboundHandlerAdapter {
  private static final int PATIENCE_MS = 2_000;

  private final int maxSessions;

  OverloadHandler(int maxSessions) {
    this.maxSessions = maxSessions;
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
    String text =
        "sessions: more than " + maxSessions + " (expected: at most " + maxSessions + " at once)";
    new ErrorFrame(WireError.WIRE_ERROR_LIMIT, text).encode(frame, 1, 0);
    ctx.writeAndFlush(Unpooled.wrappedBuffer(frame.bytes()))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
