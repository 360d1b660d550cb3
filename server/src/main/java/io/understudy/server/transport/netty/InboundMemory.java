package io.understudy.server.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Where a connection's bytes are read into: one buffer that is used again as soon as the handler
 * has let it go, so that a read neither allocates nor asks a pool. It doubles when a read has
 * filled it, so that a connection of large frames takes each in one read. One a connection.
 */
final class InboundMemory extends DefaultMaxMessagesRecvByteBufAllocator {
  private static final int INITIAL_BYTES = 4 << 10;
  private static final int MAX_BYTES = 1 << 20;

  private ByteBuf memory = Unpooled.directBuffer(INITIAL_BYTES, INITIAL_BYTES);
  private boolean isFull;

  /** Frees the buffer; the connection is closed. */
  void release() {
    memory.release();
    memory = Unpooled.EMPTY_BUFFER;
  }

  private ByteBuf next(ByteBufAllocator allocator) {
    int capacity = Math.max(memory.capacity(), INITIAL_BYTES);
    if (memory.refCnt() != 1 || memory == Unpooled.EMPTY_BUFFER) {
      // The handler keeps what it could not take yet.
      return allocator.directBuffer(capacity, capacity);
    }
    if (isFull && capacity < MAX_BYTES) {
      memory.release();
      memory = Unpooled.directBuffer(2 * capacity, 2 * capacity);
    }
    isFull = false;
    return memory.clear().retain();
  }

  @Override
  @SuppressWarnings("deprecation") // the type that Netty itself asks for
  public Handle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public int guess() {
        return memory.capacity();
      }

      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return next(allocator);
      }

      @Override
      public void lastBytesRead(int bytes) {
        isFull |= bytes > 0 && bytes == attemptedBytesRead();
        super.lastBytesRead(bytes);
      }
    };
  }
}
